using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Rows with a column of every type that ML.NET has. Its getters do what ML.NET's own may do: they fill the buffers
/// that they find, and dispose the image that they made before.
/// </summary>
internal sealed class AnyTypeView : IDataView
{
    private readonly List<IColumn> _columns = [];
    private readonly int _rows;

    public AnyTypeView(int rows, Func<int, RgbImage?> image)
    {
        _rows = rows;
        Add("Bool", BooleanDataViewType.Instance, row => row % 3 == 0);
        Add("Byte", NumberDataViewType.Byte, row => (byte)(row * 7));
        Add("SByte", NumberDataViewType.SByte, row => (sbyte)-row);
        Add("Int16", NumberDataViewType.Int16, row => (short)(row * -300));
        Add("UInt16", NumberDataViewType.UInt16, row => (ushort)(row * 300));
        Add("Int32", NumberDataViewType.Int32, row => row);
        Add("UInt32", NumberDataViewType.UInt32, row => uint.MaxValue - (uint)row);
        Add("Int64", NumberDataViewType.Int64, row => long.MinValue + row);
        Add("UInt64", NumberDataViewType.UInt64, row => ulong.MaxValue - (ulong)row);
        Add("Single", NumberDataViewType.Single, row => row == 1 ? float.NaN : row / 3f);
        Add("Double", NumberDataViewType.Double, row => row / 7.0);
        Add("Text", TextDataViewType.Instance, row => $"row {row}".AsMemory(0, row == 2 ? 0 : 5));
        Add("Key", new KeyDataViewType(typeof(uint), 100), row => (uint)row);
        Add("DateTime", DateTimeDataViewType.Instance, row => new DateTime(2020, 1, 1).AddDays(row));
        Add(
            "DateTimeOffset",
            DateTimeOffsetDataViewType.Instance,
            row => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddHours(row)
        );
        Add("TimeSpan", TimeSpanDataViewType.Instance, row => TimeSpan.FromMinutes(row));
        AddVector<float>(
            "Dense",
            new VectorDataViewType(NumberDataViewType.Single, 3),
            3,
            row => [row, row + 0.5f, -row]
        );
        AddVector<int>(
            "Varying",
            new VectorDataViewType(NumberDataViewType.Int32),
            null,
            row => [.. Enumerable.Range(row, row % 4)]
        );
        AddVector<ReadOnlyMemory<char>>(
            "Words",
            new VectorDataViewType(TextDataViewType.Instance),
            null,
            row => [.. Enumerable.Range(0, row % 3).Select(word => $"{row}.{word}".AsMemory())]
        );
        AddVector<uint>(
            "Keys",
            new VectorDataViewType(new KeyDataViewType(typeof(uint), 9), 2),
            2,
            row => [(uint)row % 9, (uint)(row + 1) % 9]
        );
        AddVector<double>(
            "Matrix",
            new VectorDataViewType(NumberDataViewType.Double, 2, 2),
            4,
            row => [row, 1, 2, 3.5]
        );
        Add("Sparse", new VectorDataViewType(NumberDataViewType.Single, 1000), Sparse);
        _columns.Add(new ImageColumn("Photo", image));
        var builder = new DataViewSchema.Builder();
        foreach (var column in _columns)
            builder.AddColumn(column.Name, column.Type);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded, Order(rand), 0);

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded,
        int n,
        Random? rand = null
    )
    {
        int[] order = Order(rand);
        return
        [
            .. Enumerable
                .Range(0, n)
                .Select(part => new Cursor(this, columnsNeeded, [.. order.Where((_, i) => i % n == part)], part)),
        ];
    }

    public static DataViewRowId IdOf(int row) => new((ulong)row, 77);

    private int[] Order(Random? rand)
    {
        int[] order = [.. Enumerable.Range(0, _rows)];
        rand?.Shuffle(order);
        return order;
    }

    private void Add<T>(string name, DataViewType type, Func<int, T> value) =>
        _columns.Add(new ValueColumn<T>(name, type, (int row, ref T result) => result = value(row)));

    // Into the memory that the reader brings, as ML.NET's getters do.
    private void AddVector<T>(string name, VectorDataViewType type, int? length, Func<int, T[]> values) =>
        _columns.Add(
            new ValueColumn<VBuffer<T>>(
                name,
                type,
                (int row, ref VBuffer<T> result) =>
                {
                    var items = values(row);
                    var editor = VBufferEditor.Create(ref result, length ?? items.Length);
                    items.CopyTo(editor.Values);
                    result = editor.Commit();
                }
            )
        );

    private static VBuffer<float> Sparse(int row) =>
        row % 4 == 3 ? new(1000, 0, [], []) : new(1000, 2, [row, -1], [row, 999]);

    private delegate void Getter<T>(int row, ref T value);

    private interface IColumn
    {
        string Name { get; }

        DataViewType Type { get; }

        Delegate Getter(Func<int> row);
    }

    private sealed record ValueColumn<T>(string Name, DataViewType Type, Getter<T> Value) : IColumn
    {
        public Delegate Getter(Func<int> row) => new ValueGetter<T>((ref T value) => Value(row(), ref value));
    }

    private sealed record ImageColumn(string Name, Func<int, RgbImage?> Image) : IColumn
    {
        public DataViewType Type => new ImageDataViewType();

        public Delegate Getter(Func<int> row)
        {
            MLImage? last = null;
            return new ValueGetter<MLImage?>(
                (ref MLImage? value) =>
                {
                    last?.Dispose();
                    value = last = Image(row())?.ToMLImage();
                }
            );
        }
    }

    private sealed class Cursor(AnyTypeView view, IEnumerable<DataViewSchema.Column> needed, int[] order, int batch)
        : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. needed.Select(column => column.Index)];
        private int _at = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _at < order.Length ? _at : -1;

        public override long Batch => batch;

        public override bool MoveNext() => ++_at < order.Length;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = IdOf(order[_at]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            IsColumnActive(column)
                ? (ValueGetter<TValue>)view._columns[column.Index].Getter(() => order[_at])
                : throw new ArgumentOutOfRangeException(nameof(column));
    }
}
