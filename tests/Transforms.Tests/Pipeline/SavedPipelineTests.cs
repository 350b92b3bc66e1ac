using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>A saved pipeline is made of ML.NET's own parts and gives the same pixels.</summary>
public sealed class SavedPipelineTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(20, 12)]
    [InlineData(21, 13)]
    [InlineData(3, 1)]
    public void Gives_the_same_pixels_at_the_columns_size(int width, int height)
    {
        var (rows, _) = _folder.Rows(3);
        var data = _context.Data.LoadFromEnumerable(rows);
        using var model = _context
            .Transforms.LoadImages("Photo", _folder.Path, "File")
            .Append(_context.Transforms.ResizeImages("Photo", width, height))
            .Append(_context.Transforms.TranslateImage("Map", "Photo", _folder.Model))
            .Fit(data);
        var expected = model.Transform(data).GetColumn<MLImage>("Map").Select(TestFolder.Pixels).ToList();
        using var loaded = (IDisposable)SaveAndLoad(model, data);
        var view = ((ITransformer)loaded).Transform(data);
        Assert.Equal(expected, view.GetColumn<MLImage>("Map").Select(TestFolder.Pixels));
        Assert.DoesNotContain(
            view.Schema,
            column => column.Name.StartsWith("imt_", StringComparison.Ordinal) && !column.IsHidden
        );
    }

    [Fact]
    public void An_unsized_column_is_resized_to_the_training_size_with_a_warning()
    {
        _folder.AddImage("fits.png", 20, 12);
        var data = _context.Data.LoadFromEnumerable([new ImageRow { File = "fits.png" }]);
        var warnings = new List<string>();
        _context.Log += (_, message) =>
        {
            lock (warnings)
                warnings.Add(message.Message);
        };
        using var model = _context
            .Transforms.LoadImages("Photo", _folder.Path, "File")
            .Append(_context.Transforms.TranslateImage("Map", "Photo", _folder.Model))
            .Fit(data);
        var expected = TestFolder.Pixels(model.Transform(data).GetColumn<MLImage>("Map").Single());
        using var loaded = (IDisposable)SaveAndLoad(model, data);
        Assert.Equal(
            expected,
            TestFolder.Pixels(((ITransformer)loaded).Transform(data).GetColumn<MLImage>("Map").Single())
        );
        lock (warnings)
            Assert.Contains(
                warnings,
                warning =>
                    warning.Contains("20x12", StringComparison.Ordinal)
                    && warning.Contains("ResizeImages", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void Two_translations_in_one_pipeline_do_not_collide()
    {
        var (rows, _) = _folder.Rows(2);
        var data = _context.Data.LoadFromEnumerable(rows);
        using var model = _context
            .Transforms.LoadImages("Photo", _folder.Path, "File")
            .Append(_context.Transforms.ResizeImages("Photo", 12, 12))
            .Append(_context.Transforms.TranslateImage("Map", "Photo", _folder.Model))
            .Append(_context.Transforms.TranslateImage("Map", "Map", _folder.Model))
            .Append(_context.Transforms.TranslateImage("Again", "Map", _folder.Model))
            .Fit(data);
        var expected = model.Transform(data).GetColumn<MLImage>("Again").Select(TestFolder.Pixels).ToList();
        using var loaded = (IDisposable)SaveAndLoad(model, data);
        Assert.Equal(
            expected,
            ((ITransformer)loaded).Transform(data).GetColumn<MLImage>("Again").Select(TestFolder.Pixels)
        );
    }

    [Fact]
    public void The_float_interface_and_models_of_one_size_are_saved_too()
    {
        var floats = TestModels.Save(
            TestModels.Strided,
            _folder.File("floats.onnx"),
            new() { Interface = ModelInterface.FloatNchw, FixedSize = new(16, 12) }
        );
        var (rows, _) = _folder.Rows(2);
        var data = _context.Data.LoadFromEnumerable(rows);
        using var model = _context
            .Transforms.LoadImages("Photo", _folder.Path, "File")
            .Append(_context.Transforms.ResizeImages("Photo", 16, 12))
            .Append(_context.Transforms.TranslateImage("Map", "Photo", floats))
            .Fit(data);
        var expected = model.Transform(data).GetColumn<MLImage>("Map").Select(TestFolder.Pixels).ToList();
        using var loaded = (IDisposable)SaveAndLoad(model, data);
        Assert.Equal(
            expected,
            ((ITransformer)loaded).Transform(data).GetColumn<MLImage>("Map").Select(TestFolder.Pixels)
        );
    }

    [Fact]
    public void Without_any_size_the_error_names_the_option()
    {
        // A third-party model has no card, so nothing says what it was trained on.
        var card = TestModels.Export(TestModels.Convolution);
        int at = card.AsSpan().IndexOf("imt.model_card"u8);
        card[at] = (byte)'x';
        File.WriteAllBytes(_folder.File("foreign.onnx"), card);
        var data = _context.Data.LoadFromEnumerable([new ImageRow { File = "0.png" }]);
        using var model = _context
            .Transforms.LoadImages("Photo", _folder.Path, "File")
            .Append(_context.Transforms.TranslateImage("Map", "Photo", _folder.File("foreign.onnx")))
            .Fit(data);
        Assert.Null(model.LastTransformer.Engine.Card);
        var failure = Assert.ThrowsAny<Exception>(() =>
            _context.Model.Save(model, data.Schema, _folder.File("model.zip"))
        );
        Assert.Contains(nameof(ImageTranslationOptions.SavedSize), failure.ToString());
    }

    [Fact]
    public void A_program_without_this_library_loads_it_and_gets_the_same_pixels()
    {
        var (rows, _) = _folder.Rows(3);
        foreach (var row in rows)
            row.File = _folder.File(row.File);
        var data = _context.Data.LoadFromEnumerable(rows);
        using var model = _context
            .Transforms.LoadImages("Photo", "", "Path")
            .Append(_context.Transforms.ResizeImages("Photo", 18, 11))
            .Append(_context.Transforms.TranslateImage("Map", "Photo", _folder.Model))
            .Fit(_context.Data.LoadFromEnumerable(rows.Select(row => new PathRow { Path = row.File })));
        var view = model.Transform(
            _context.Data.LoadFromEnumerable(rows.Select(row => new PathRow { Path = row.File }))
        );
        _context.Model.Save(model, _context.Data.LoadFromEnumerable<PathRow>([]).Schema, _folder.File("model.zip"));
        string[] lines = StockReader.Run([_folder.File("model.zip"), "Map", .. rows.Select(row => row.File)]);
        var expected = view.GetColumn<MLImage>("Map")
            .Select(image =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{image.Width} {image.Height} {Convert.ToBase64String(image.Pixels)}"
                )
            );
        Assert.Equal(expected, lines);
    }

    private ITransformer SaveAndLoad(ITransformer model, IDataView data)
    {
        _context.Model.Save(model, data.Schema, _folder.File("saved.zip"));
        return new MLContext().Model.Load(_folder.File("saved.zip"), out _);
    }

    private sealed class PathRow
    {
        public string Path { get; set; } = "";
    }
}
