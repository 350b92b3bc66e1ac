using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>TranslateImage on columns of paths and of the contents of image files.</summary>
public sealed class ImageFileColumnTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Paths_are_translated_without_LoadImages()
    {
        var (rows, expected) = FullPaths(5);
        var data = _context.Data.LoadFromEnumerable(rows);
        using var model = _context.Transforms.TranslateImage("Map", "File", _folder.Model).Fit(data);
        var view = model.Transform(data);
        Assert.Equal(expected, view.GetColumn<MLImage>("Map").Select(TestFolder.Pixels));
        Assert.Equal(rows.Select(row => row.File), view.GetColumn<string>("File"));
        Assert.Equal("Image", view.Schema["Map"].Type.ToString());
    }

    [Fact]
    public void Raw_bytes_of_LoadRawImageBytes_are_translated()
    {
        var (rows, expected) = FullPaths(5);
        var data = _context.Data.LoadFromEnumerable(rows);
        // In a chain, the estimator's check of the schema counts too.
        using var model = _context
            .Transforms.LoadRawImageBytes("Raw", _folder.Path, "File")
            .Append(_context.Transforms.TranslateImage("Map", "Raw", _folder.Model))
            .Fit(data);
        Assert.Equal(expected, model.Transform(data).GetColumn<MLImage>("Map").Select(TestFolder.Pixels));
    }

    [Fact]
    public void PredictionEngine_takes_the_bytes_of_an_upload()
    {
        var (rows, expected) = FullPaths(3);
        using var model = _context
            .Transforms.TranslateImage("Map", "Content", _folder.Model)
            .Fit(_context.Data.LoadFromEnumerable<Upload>([]));
        using var engine = _context.Model.CreatePredictionEngine<Upload, Result>(model);
        for (int i = 0; i < rows.Count; i++)
        {
            var upload = new Upload { Content = File.ReadAllBytes(rows[i].File) };
            using var map = engine.Predict(upload).Map;
            Assert.Equal(expected[i], TestFolder.Pixels(map!));
        }
        Assert.Null(engine.Predict(new Upload()).Map);
    }

    [Fact]
    public void Paths_may_be_cached_and_shuffled_before_the_translation()
    {
        var (rows, expected) = FullPaths(6);
        var data = _context.Data.ShuffleRows(_context.Data.Cache(_context.Data.LoadFromEnumerable(rows)), seed: 3);
        using var model = _context.Transforms.TranslateImage("Map", "File", _folder.Model).Fit(data);
        var view = model.Transform(data);
        var order = view.GetColumn<int>("Number").ToArray();
        Assert.NotEqual(order.Order(), order);
        Assert.Equal(order.Select(i => expected[i]), view.GetColumn<MLImage>("Map").Select(TestFolder.Pixels));
    }

    [Fact]
    public void Photos_on_their_side_are_turned_upright_where_files_are_read_and_not_behind_LoadImages()
    {
        if (PythonOracle.WhyMissing("numpy", "PIL") is { } reason)
            Assert.Skip(reason);
        string upright = _folder.File("upright.png");
        string turned = _folder.File("turned.png");
        PythonOracle.Run(
            """
            import sys, numpy as np
            from PIL import Image
            pixels = np.random.RandomState(4).randint(0, 256, (9, 14, 3), dtype=np.uint8)
            image = Image.fromarray(pixels)
            image.save(sys.argv[1])
            # Orientation 6: what is stored is to be turned by 90 degrees clockwise.
            exif = Image.Exif()
            exif[0x0112] = 6
            image.transpose(Image.Transpose.ROTATE_90).save(sys.argv[2], exif=exif)
            """,
            upright,
            turned
        );
        var data = _context.Data.LoadFromEnumerable([new ImageRow { File = upright }, new ImageRow { File = turned }]);

        Check(_context.Transforms.TranslateImage("Map", "File", _folder.Model).Fit(data), true);
        Check(
            _context
                .Transforms.LoadRawImageBytes("Raw", null, "File")
                .Append(_context.Transforms.TranslateImage("Map", "Raw", _folder.Model))
                .Fit(data),
            true
        );
        Check(
            _context
                .Transforms.LoadImages("Photo", null, "File")
                .Append(_context.Transforms.TranslateImage("Map", "Photo", _folder.Model))
                .Fit(data),
            false
        );

        void Check(ITransformer model, bool isUpright)
        {
            using (model as IDisposable)
            {
                var maps = model
                    .Transform(data)
                    .GetColumn<MLImage>("Map")
                    .Select(map => RgbImage.FromMLImage(map))
                    .ToList();
                Assert.Equal(isUpright ? (14, 9) : (9, 14), (maps[1].Width, maps[1].Height));
                if (isUpright)
                    Assert.Equal(maps[0].Pixels, maps[1].Pixels);
            }
        }
    }

    [Fact]
    public void Rows_without_a_file_have_no_translation_and_bad_files_fail_their_row_only()
    {
        var (rows, expected) = FullPaths(5);
        rows[0].File = "";
        rows[1].File = _folder.File("missing.png");
        rows[2].File = _folder.File("damaged.png");
        File.WriteAllBytes(rows[2].File, File.ReadAllBytes(rows[3].File)[..40]);
        rows[4].File = null!;
        var data = _context.Data.LoadFromEnumerable(rows);
        using var model = _context.Transforms.TranslateImage("Map", "File", _folder.Model).Fit(data);
        var view = model.Transform(data);
        using var cursor = view.GetRowCursor([view.Schema["Map"]]);
        var map = cursor.GetGetter<MLImage?>(view.Schema["Map"]);
        MLImage? image = null;

        Next();
        Assert.Null(image);
        Assert.True(cursor.MoveNext());
        Assert.Contains("missing.png", Assert.ThrowsAny<IOException>(() => map(ref image)).Message);
        Assert.True(cursor.MoveNext());
        Assert.Contains("damaged.png", Assert.ThrowsAny<FormatException>(() => map(ref image)).Message);
        Next();
        Assert.Equal(expected[3], TestFolder.Pixels(image!));
        Next();
        Assert.Null(image);

        void Next()
        {
            Assert.True(cursor.MoveNext());
            map(ref image);
        }
    }

    [Fact]
    public void Damaged_bytes_name_their_column_and_row()
    {
        var data = _context.Data.LoadFromEnumerable([new Upload { Content = [1, 2, 3] }]);
        using var model = _context.Transforms.TranslateImage("Map", "Content", _folder.Model).Fit(data);
        var error = Assert.ThrowsAny<FormatException>(() => model.Transform(data).GetColumn<MLImage>("Map").ToList());
        Assert.Contains("column 'Content', row 0", error.Message);
    }

    [Fact]
    public void A_saved_pipeline_loads_the_paths_by_itself_and_says_what_LoadImages_ignores()
    {
        _folder.AddImage("fits.png", 20, 12);
        var data = _context.Data.LoadFromEnumerable([new ImageRow { File = _folder.File("fits.png") }]);
        var warnings = new List<string>();
        _context.Log += (_, message) =>
        {
            lock (warnings)
                warnings.Add(message.Message);
        };
        using var model = _context.Transforms.TranslateImage("Map", "File", _folder.Model).Fit(data);
        var expected = TestFolder.Pixels(model.Transform(data).GetColumn<MLImage>("Map").Single());
        using var stream = new MemoryStream();
        _context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out _);
        using (loaded as IDisposable)
        {
            var view = loaded.Transform(data);
            Assert.Equal(expected, TestFolder.Pixels(view.GetColumn<MLImage>("Map").Single()));
            Assert.DoesNotContain(view.Schema, column => !column.IsHidden && column.Name.StartsWith("imt_"));
        }
        lock (warnings)
            Assert.Contains(warnings, warning => warning.Contains("Exif"));
    }

    [Fact]
    public void A_pipeline_on_bytes_says_that_it_cannot_be_saved()
    {
        var data = _context.Data.LoadFromEnumerable<Upload>([]);
        using var model = _context.Transforms.TranslateImage("Map", "Content", _folder.Model).Fit(data);
        using var stream = new MemoryStream();
        var error = Assert.Throws<NotSupportedException>(() => _context.Model.Save(model, data.Schema, stream));
        Assert.Contains("'Content'", error.Message);
        // ML.NET opens the file before it asks, which our documentation says: if this fails, so does that.
        string file = _folder.File("bytes.zip");
        Assert.Throws<NotSupportedException>(() => _context.Model.Save(model, data.Schema, file));
        Assert.True(File.Exists(file));
        Assert.ThrowsAny<Exception>(() => _context.Model.Load(file, out _));
    }

    private (List<ImageRow> Rows, List<byte[]> Translated) FullPaths(int count)
    {
        var (rows, translated) = _folder.Rows(count);
        foreach (var row in rows)
            row.File = _folder.File(row.File);
        return (rows, translated);
    }

    private sealed class Upload
    {
        public byte[] Content { get; set; } = [];
    }

    private sealed class Result
    {
        [AnySizeImageType]
        public MLImage? Map { get; set; }
    }
}
