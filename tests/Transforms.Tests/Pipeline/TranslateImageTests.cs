using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class TranslateImageTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public void Rows_are_translated_in_order_whatever_is_read_ahead(int readAhead)
    {
        var (rows, expected) = _folder.Rows(9);
        using var model = Chain(readAhead).Fit(_context.Data.LoadFromEnumerable(rows));
        var view = model.Transform(_context.Data.LoadFromEnumerable(rows));
        Assert.Equal(expected, view.GetColumn<MLImage>("Map").Select(TestFolder.Pixels));
        Assert.Equal(9, view.GetRowCount() ?? 9);
        Assert.Equal("Image", view.Schema["Map"].Type.ToString());
    }

    [Fact]
    public void Other_columns_of_any_type_are_carried_along()
    {
        var (rows, expected) = _folder.Rows(7);
        using var model = Chain(3).Fit(_context.Data.LoadFromEnumerable(rows));
        var view = model.Transform(_context.Data.LoadFromEnumerable(rows));
        using var cursor = view.GetRowCursor(view.Schema);
        var map = cursor.GetGetter<MLImage>(view.Schema["Map"]);
        var photo = cursor.GetGetter<MLImage>(view.Schema["Photo"]);
        var number = cursor.GetGetter<int>(view.Schema["Number"]);
        var features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        var note = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Note"]);
        var id = cursor.GetIdGetter();
        var ids = new HashSet<DataViewRowId>();
        Assert.Equal(-1, cursor.Position);
        int row = 0;
        for (; cursor.MoveNext(); row++)
        {
            MLImage image = null!,
                source = null!;
            int n = 0;
            VBuffer<float> vector = default;
            ReadOnlyMemory<char> text = default;
            DataViewRowId rowId = default;
            // Twice: getters may be asked again for the same row.
            for (int again = 0; again < 2; again++)
            {
                note(ref text);
                features(ref vector);
                number(ref n);
                photo(ref source);
                map(ref image);
                id(ref rowId);
            }
            Assert.Equal(row, cursor.Position);
            Assert.Equal(row, n);
            Assert.Equal([row, row + 0.5f], vector.DenseValues());
            Assert.Equal($"note {row}", text.ToString());
            Assert.Equal(ImageDecoder.Decode(_folder.File($"{row}.png")).Pixels, TestFolder.Pixels(source));
            Assert.Equal(expected[row], TestFolder.Pixels(image));
            Assert.True(ids.Add(rowId));
        }
        Assert.Equal(7, row);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Parallel_cursors_share_the_rows()
    {
        var (rows, expected) = _folder.Rows(10);
        using var model = Chain(2).Fit(_context.Data.LoadFromEnumerable(rows));
        var view = model.Transform(_context.Data.LoadFromEnumerable(rows));
        var seen = new Dictionary<int, byte[]>();
        foreach (var cursor in view.GetRowCursorSet([view.Schema["Map"], view.Schema["Number"]], 3))
        {
            using (cursor)
            {
                var (map, number) = (
                    cursor.GetGetter<MLImage>(view.Schema["Map"]),
                    cursor.GetGetter<int>(view.Schema["Number"])
                );
                while (cursor.MoveNext())
                {
                    MLImage image = null!;
                    int n = 0;
                    map(ref image);
                    number(ref n);
                    seen.Add(n, TestFolder.Pixels(image));
                }
            }
        }
        Assert.Equal(expected, seen.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    [Fact]
    public void Shuffled_rows_keep_their_images()
    {
        var (rows, expected) = _folder.Rows(8);
        // Cached rows can be served in any order.
        var data = _context.Data.Cache(_context.Data.LoadFromEnumerable(rows));
        using var model = Chain(3).Fit(data);
        var view = model.Transform(data);
        Assert.True(view.CanShuffle);
        var numbers = new List<int>();
        using var cursor = view.GetRowCursor([view.Schema["Number"], view.Schema["Map"]], new Random(3));
        var (map, number) = (
            cursor.GetGetter<MLImage>(view.Schema["Map"]),
            cursor.GetGetter<int>(view.Schema["Number"])
        );
        while (cursor.MoveNext())
        {
            MLImage image = null!;
            int n = 0;
            map(ref image);
            number(ref n);
            numbers.Add(n);
            Assert.Equal(expected[n], TestFolder.Pixels(image));
        }
        Assert.Equal(Enumerable.Range(0, 8), numbers.Order());
        Assert.NotEqual(numbers.Order(), numbers);
    }

    [Fact]
    public void Nothing_is_translated_for_readers_of_other_columns()
    {
        var (rows, _) = _folder.Rows(3);
        var model = Chain(2).Fit(_context.Data.LoadFromEnumerable(rows));
        var view = model.Transform(_context.Data.LoadFromEnumerable(rows));
        // A disposed model could not translate.
        model.Dispose();
        Assert.Equal([0, 1, 2], view.GetColumn<int>("Number"));
        Assert.Throws<ObjectDisposedException>(() => view.GetColumn<MLImage>("Map").ToList());
    }

    [Fact]
    public void Rows_without_a_image_have_no_translation()
    {
        var (rows, expected) = _folder.Rows(3);
        rows[1].File = "";
        using var model = Chain(3).Fit(_context.Data.LoadFromEnumerable(rows));
        var images = model.Transform(_context.Data.LoadFromEnumerable(rows)).GetColumn<MLImage?>("Map").ToList();
        Assert.Null(images[1]);
        Assert.Equal(expected[2], TestFolder.Pixels(images[2]!));
    }

    [Fact]
    public void A_bad_row_fails_when_it_is_reached_not_before()
    {
        var (rows, expected) = _folder.Rows(5);
        rows[3].File = "missing.png";
        using var model = Chain(5).Fit(_context.Data.LoadFromEnumerable(rows));
        var view = model.Transform(_context.Data.LoadFromEnumerable(rows));
        using var cursor = view.GetRowCursor([view.Schema["Map"]]);
        var map = cursor.GetGetter<MLImage>(view.Schema["Map"]);
        MLImage image = null!;
        for (int row = 0; row < 3; row++)
        {
            Assert.True(cursor.MoveNext());
            map(ref image);
            Assert.Equal(expected[row], TestFolder.Pixels(image));
        }
        Assert.True(cursor.MoveNext());
        Assert.Throws<FileNotFoundException>(() => map(ref image));
        Assert.True(cursor.MoveNext());
        map(ref image);
        Assert.Equal(expected[4], TestFolder.Pixels(image));
    }

    [Fact]
    public void PredictionEngine_translates_one_row_at_a_time_on_many_threads()
    {
        var (rows, expected) = _folder.Rows(6);
        using var model = Chain(4).Fit(_context.Data.LoadFromEnumerable(rows));
        Parallel.For(
            0,
            3,
            _ =>
            {
                using var engine = _context.Model.CreatePredictionEngine<ImageRow, MapRow>(
                    model,
                    new PredictionEngineOptions { OwnsTransformer = false }
                );
                for (int i = 0; i < rows.Count; i++)
                {
                    var result = engine.Predict(rows[i]);
                    Assert.Equal(expected[i], TestFolder.Pixels(result.Map));
                    Assert.Equal(i, result.Number);
                }
            }
        );
    }

    [Fact]
    public void Images_in_memory_stay_the_users()
    {
        var image = TestImages.Make(9, 9);
        var photo = image.ToMLImage();
        var data = _context.Data.LoadFromEnumerable([new MemoryRow { Photo = photo }]);
        using var model = _context.Transforms.TranslateImage("Map", "Photo", _folder.Model).Fit(data);
        var view = model.Transform(data);
        Assert.Equal("Image<9, 9>", view.Schema["Map"].Type.ToString());
        var first = TestFolder.Pixels(view.GetColumn<MLImage>("Map").Single());
        Assert.Equal(first, TestFolder.Pixels(view.GetColumn<MLImage>("Map").Single()));
        Assert.Equal(model.Engine.Translate(image).Pixels, first);
        Assert.Equal(image.Pixels, TestFolder.Pixels(photo));
    }

    [Fact]
    public void The_output_may_replace_the_input_and_stock_transformers_follow()
    {
        var (rows, _) = _folder.Rows(3);
        var pipeline = _context
            .Transforms.LoadImages("Photo", _folder.Path, "File")
            .Append(_context.Transforms.ResizeImages("Photo", 16, 12))
            .Append(_context.Transforms.TranslateImage("Photo", null, _folder.Model))
            .Append(_context.Transforms.ExtractPixels("Pixels", "Photo", interleavePixelColors: true));
        using var model = pipeline.Fit(_context.Data.LoadFromEnumerable(rows));
        var view = model.Transform(_context.Data.LoadFromEnumerable(rows));
        Assert.Equal("Image<12, 16>", view.Schema["Photo"].Type.ToString());
        var pixels = view.GetColumn<float[]>("Pixels").ToList();
        var images = view.GetColumn<MLImage>("Photo").Select(TestFolder.Pixels).ToList();
        for (int i = 0; i < 3; i++)
            Assert.Equal(images[i].Select(value => (float)value), pixels[i]);
    }

    // ML.NET compares the types of image columns by reference there.
    [Fact]
    public void A_custom_mapping_may_follow()
    {
        var (rows, _) = _folder.Rows(3);
        var data = _context.Data.LoadFromEnumerable(rows);
        using var model = Chain(2)
            .Append(_context.Transforms.CustomMapping<MapRow, Width>(Measure, contractName: null))
            .Fit(data);
        var expected = rows.Select(row => ImageDecoder.Decode(_folder.File(row.File!)).Width);
        Assert.Equal(expected, model.Transform(data).GetColumn<int>("Pixels"));

        static void Measure(MapRow row, Width width)
        {
            using (row.Map)
                width.Pixels = row.Map.Width;
        }
    }

    [Fact]
    public void A_relative_path_means_the_folder_in_which_the_estimator_was_made()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder.Model);
        var estimator = _context.Transforms.TranslateImage("Map", "File", relative);
        using var model = estimator.Fit(_context.Data.LoadFromEnumerable<ImageRow>([]));
        Assert.False(Path.IsPathRooted(relative));
        Assert.Equal(_folder.Model, model.Options.ModelFile);
        Assert.Equal(_folder.Model, model.Engine.Model.File);
    }

    [Fact]
    public void Wrong_columns_and_options_fail_as_ML_NETs_do()
    {
        var data = _context.Data.LoadFromEnumerable<ImageRow>([]);
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _context.Transforms.TranslateImage("Map", "Photo", _folder.Model).Fit(data)
        );
        Assert.Contains("Could not find input column 'Photo'", missing.Message);
        var mismatch = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _context.Transforms.TranslateImage("Map", "Number", _folder.Model).Fit(data)
        );
        Assert.Contains(
            "Schema mismatch for input column 'Number': expected Image, String (the path of a file)",
            mismatch.Message
        );
        // In a chain, the estimator's own schema check speaks.
        Assert.Contains(
            "'Photo'",
            Assert
                .Throws<ArgumentOutOfRangeException>(() =>
                    _context
                        .Transforms.CopyColumns("N", "Number")
                        .Append(_context.Transforms.TranslateImage("Map", "Photo", _folder.Model))
                        .Fit(data)
                )
                .Message
        );
        Assert.Throws<ArgumentNullException>(() => _context.Transforms.TranslateImage(null!, "Photo", _folder.Model));
        Assert.Throws<ArgumentNullException>(() => _context.Transforms.TranslateImage(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _context.Transforms.TranslateImage("", "Photo", _folder.Model)
        );
        Assert.ThrowsAny<IOException>(() =>
            _context.Transforms.TranslateImage("Map", "Photo", _folder.File("missing.onnx"))
        );
        File.WriteAllText(_folder.File("text.onnx"), "this is no model");
        Assert.Throws<InvalidOperationException>(() =>
            _context.Transforms.TranslateImage("Map", "Photo", _folder.File("text.onnx"))
        );
    }

    [Fact]
    public void The_contexts_GPU_settings_are_heeded()
    {
        Assert.SkipWhen(OnnxRuntimeLibrary.HasCuda, "This machine's ONNX Runtime has CUDA.");
        var context = new MLContext { GpuDeviceId = 0, FallbackToCpu = false };
        Assert.Throws<CudaNotUsableException>(() => context.Transforms.TranslateImage("Map", "Photo", _folder.Model));
        context.FallbackToCpu = true;
        context.Transforms.TranslateImage("Map", "Photo", _folder.Model);
        context.FallbackToCpu = false;
        context.Transforms.TranslateImage(
            new ImageTranslationOptions
            {
                OutputColumnName = "Map",
                ModelFile = _folder.Model,
                Device = TranslationDevice.Cpu,
            }
        );
        context.Transforms.TranslateImage(
            new ImageTranslationOptions
            {
                OutputColumnName = "Map",
                ModelFile = _folder.Model,
                FallbackToCpu = true,
            }
        );
    }

    [Fact]
    public void The_estimators_schema_is_the_transformers()
    {
        var data = _context.Data.LoadFromEnumerable([new MemoryRow { Photo = TestImages.Make(9, 9).ToMLImage() }]);
        var estimator = _context.Transforms.TranslateImage(
            new ImageTranslationOptions
            {
                OutputColumnName = "Map",
                InputColumnName = "Photo",
                ModelFile = _folder.Model,
                Mode = TranslationMode.ResizeToTraining,
            }
        );
        var copied = _context.Transforms.CopyColumns("Copy", "Photo");
        var shape = estimator.GetOutputSchema(
            copied.GetOutputSchema(new SchemaShape(copied.Append(estimator).GetOutputSchema(ShapeOf(copied, data))))
        );
        var map = shape.Single(column => column.Name == "Map");
        Assert.Equal(new ImageDataViewType(12, 20), map.ItemType);
        Assert.Equal(SchemaShape.Column.VectorKind.Scalar, map.Kind);
        using var model = estimator.Fit(data);
        Assert.Equal(map.ItemType, model.GetOutputSchema(data.Schema)["Map"].Type);
    }

    [Fact]
    public void A_cursor_reads_one_row_and_from_the_first_translation_on_as_many_as_it_may_hold()
    {
        int read = 0;
        var data = _context.Data.LoadFromEnumerable(Rows());
        using var model = _context
            .Transforms.TranslateImage(
                new ImageTranslationOptions
                {
                    OutputColumnName = "Map",
                    InputColumnName = "Photo",
                    ModelFile = _folder.Model,
                    ReadAhead = 3,
                    Device = TranslationDevice.Cpu,
                }
            )
            .Fit(data);
        var view = model.Transform(data);
        using var cursor = view.GetRowCursor([view.Schema["Map"]]);
        var map = cursor.GetGetter<MLImage>(view.Schema["Map"]);
        read = 0;
        Assert.True(cursor.MoveNext());
        Assert.Equal(1, read);
        for (int row = 0; row < 4; row++)
        {
            MLImage image = null!;
            map(ref image);
            image.Dispose();
            Assert.Equal(row + 3, read);
            Assert.True(cursor.MoveNext());
            Assert.Equal(row + 3, read);
        }

        IEnumerable<MemoryRow> Rows()
        {
            for (int i = 0; i < 20; i++)
            {
                read++;
                yield return new()
                {
                    Photo = MLImage.CreateFromPixels(9, 9, MLPixelFormat.Rgba32, new byte[9 * 9 * 4]),
                };
            }
        }
    }

    // The shape of a data view's schema has no public maker either; an estimator chain shows it to its first estimator.
    private SchemaShape ShapeOf(IEstimator<ITransformer> _, IDataView data)
    {
        var spy = new ShapeSpy();
        new EstimatorChain<ITransformer>().Append(spy).Fit(data);
        return spy.Shape!;
    }

    private EstimatorChain<ImageTranslationTransformer> Chain(int readAhead) =>
        _context
            .Transforms.LoadImages("Photo", _folder.Path, "File")
            .Append(
                _context.Transforms.TranslateImage(
                    new ImageTranslationOptions
                    {
                        OutputColumnName = "Map",
                        InputColumnName = "Photo",
                        ModelFile = _folder.Model,
                        ReadAhead = readAhead,
                        Threads = 1,
                        Device = TranslationDevice.Cpu,
                    }
                )
            );

    private sealed class ShapeSpy : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
    }

    private sealed class MemoryRow
    {
        [ImageType(9, 9)]
        public MLImage? Photo { get; set; }
    }

    private sealed class Width
    {
        public int Pixels { get; set; }
    }

    private sealed class MapRow
    {
        public int Number { get; set; }

        [AnySizeImageType]
        public MLImage Map { get; set; } = null!;
    }
}
