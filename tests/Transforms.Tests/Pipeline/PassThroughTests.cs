using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Columns of every type beside the translated one, read in every way that ML.NET knows.</summary>
public sealed class PassThroughTests : IDisposable
{
    private const int Rows = 23;

    private readonly MLContext _context = new(1);
    private readonly TestFolder _folder = new();
    private readonly AnyTypeView _view = new(Rows, Image);
    private readonly byte[]?[] _translated;
    private readonly Dictionary<int, Dictionary<string, string>> _expected = [];

    public PassThroughTests()
    {
        using var engine = new TranslationEngine(_folder.Model, new() { Device = TranslationDevice.Cpu, Threads = 1 });
        _translated =
        [
            .. Enumerable.Range(0, Rows).Select(row => Image(row) is { } image ? engine.Translate(image).Pixels : null),
        ];
        // What the view gives by itself, row by row.
        using var cursor = _view.GetRowCursor(_view.Schema);
        var readers = Readers(cursor, _view.Schema);
        for (int row = 0; cursor.MoveNext(); row++)
            _expected[row] = readers.ToDictionary(reader => reader.Key, reader => reader.Value());
        Assert.Equal(Rows, _expected.Count);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(100, true)]
    public void Every_row_keeps_all_its_columns_and_its_id(int readAhead, bool shuffled)
    {
        using var model = Fit(readAhead);
        var view = model.Transform(_view);
        Assert.Equal(Rows, view.GetRowCount());
        Assert.True(view.CanShuffle);
        Assert.Equal(
            _view.Schema.Select(column => (column.Name, column.Type)),
            view.Schema.SkipLast(1).Select(column => (column.Name, column.Type))
        );
        using var cursor = view.GetRowCursor(view.Schema, shuffled ? new Random(5) : null);
        int[] seen = [.. Read(cursor, view.Schema)];
        Assert.Equal(Enumerable.Range(0, Rows), seen.Order());
        Assert.Equal(!shuffled, seen.SequenceEqual(seen.Order()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Cursor_sets_share_the_rows_among_threads(int cursors)
    {
        using var model = Fit(4);
        var view = model.Transform(_view);
        var set = view.GetRowCursorSet(view.Schema, cursors, new Random(2));
        var seen = new ConcurrentBag<int>();
        await Task.WhenAll([
            .. set.Select(cursor =>
                Task.Factory.StartNew(
                    () =>
                    {
                        using (cursor)
                            foreach (int row in Read(cursor, view.Schema))
                                seen.Add(row);
                    },
                    TaskCreationOptions.LongRunning
                )
            ),
        ]);
        Assert.Equal(Enumerable.Range(0, Rows), seen.Order());
    }

    [Fact]
    public void Only_what_is_asked_for_is_active()
    {
        using var model = Fit(4);
        var view = model.Transform(_view);
        using var cursor = view.GetRowCursor([view.Schema["Map"], view.Schema["Words"]]);
        Assert.Equal(["Words", "Map"], view.Schema.Where(cursor.IsColumnActive).Select(column => column.Name));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<int>(view.Schema["Int32"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<MLImage>(view.Schema["Photo"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Words"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Map"]));
    }

    [Fact]
    public void What_readers_hold_is_theirs()
    {
        using var model = Fit(3);
        var view = model.Transform(_view);
        var images = new List<(MLImage? Photo, MLImage? Map, VBuffer<float> Dense)>();
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            var (photo, map, dense) = (
                cursor.GetGetter<MLImage?>(view.Schema["Photo"]),
                cursor.GetGetter<MLImage?>(view.Schema["Map"]),
                cursor.GetGetter<VBuffer<float>>(view.Schema["Dense"])
            );
            while (cursor.MoveNext())
            {
                (MLImage? Photo, MLImage? Map, VBuffer<float> Dense) row = default;
                photo(ref row.Photo);
                map(ref row.Map);
                dense(ref row.Dense);
                images.Add(row);
            }
        }
        // The cursor is gone, and with it all that it read ahead.
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(Image(row)?.Pixels, PixelsOf(images[row].Photo));
            Assert.Equal(_translated[row], PixelsOf(images[row].Map));
            Assert.Equal([row, row + 0.5f, -row], images[row].Dense.DenseValues());
        }
    }

    private static byte[]? PixelsOf(MLImage? image) => image is null ? null : RgbImage.FromMLImage(image).Pixels;

    // Rows without an image among others, of several sizes.
    private static RgbImage? Image(int row) => row % 6 == 4 ? null : TestImages.Make(5 + row % 3 * 4, 9, row);

    private ImageTranslationTransformer Fit(int readAhead) =>
        _context
            .Transforms.TranslateImage(
                new ImageTranslationOptions
                {
                    OutputColumnName = "Map",
                    InputColumnName = "Photo",
                    ModelFile = _folder.Model,
                    ReadAhead = readAhead,
                    BatchSize = 2,
                    Device = TranslationDevice.Cpu,
                }
            )
            .Fit(_view);

    // Reads a cursor to its end, compares all columns, and gives the numbers of the rows.
    private List<int> Read(DataViewRowCursor cursor, DataViewSchema schema)
    {
        var readers = Readers(cursor, schema);
        var id = cursor.GetIdGetter();
        var rows = new List<int>();
        Assert.Equal(-1, cursor.Position);
        for (long position = 0; cursor.MoveNext(); position++)
        {
            int row = int.Parse(readers["Int32"](), CultureInfo.InvariantCulture);
            rows.Add(row);
            Assert.Equal(position, cursor.Position);
            DataViewRowId rowId = default;
            id(ref rowId);
            Assert.Equal(AnyTypeView.IdOf(row), rowId);
            foreach (var (name, value) in _expected[row])
                Assert.Equal((name, value), (name, readers[name]()));
            Assert.Equal(_translated[row] is { } pixels ? Convert.ToHexString(pixels) : "", readers["Map"]());
        }
        Assert.False(cursor.MoveNext());
        return rows;
    }

    // A column's value as text, whatever its type.
    private static Dictionary<string, Func<string>> Readers(DataViewRowCursor cursor, DataViewSchema schema) =>
        schema.ToDictionary(
            column => column.Name,
            column =>
            {
                var (type, method) = column.Type is VectorDataViewType vector
                    ? (vector.ItemType.RawType, nameof(VectorReader))
                    : (column.Type.RawType, nameof(ValueReader));
                return (Func<string>)
                    typeof(PassThroughTests)
                        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
                        .MakeGenericMethod(type)
                        .Invoke(null, [cursor, column])!;
            }
        );

    // One buffer for all rows, as readers in ML.NET have it.
    private static Func<string> ValueReader<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value is MLImage image
                ? Convert.ToHexString(RgbImage.FromMLImage(image).Pixels)
                : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        };
    }

    private static Func<string> VectorReader<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Length} {value.IsDense}: {string.Join(" ", value.Items().Select(item => $"{item.Key}={item.Value}"))}"
            );
        };
    }
}
