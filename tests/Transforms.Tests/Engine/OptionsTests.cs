using System.Text.Json;
using Microsoft.ML;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class OptionsTests
{
    public static TheoryData<string, TranslationEngineOptions> Wrong =>
        new()
        {
            {
                nameof(TranslationEngineOptions.Device),
                new() { Device = (TranslationDevice)99 }
            },
            {
                nameof(TranslationEngineOptions.Mode),
                new() { Mode = (TranslationMode)99 }
            },
            {
                nameof(TranslationEngineOptions.Scheduling),
                new() { Scheduling = (TranslationScheduling)99 }
            },
            {
                nameof(TranslationEngineOptions.ConvolutionSearch),
                new() { ConvolutionSearch = (ConvolutionSearch)99 }
            },
            {
                nameof(TranslationEngineOptions.ColorOrder),
                new() { ColorOrder = (ColorOrder)99 }
            },
            {
                nameof(TranslationEngineOptions.Layout),
                new() { Layout = (PixelLayout)99 }
            },
            {
                nameof(TranslationEngineOptions.PixelRange),
                new() { PixelRange = (PixelRange)99 }
            },
            {
                nameof(TranslationEngineOptions.OutputRange),
                new() { OutputRange = (PixelRange)99 }
            },
            {
                nameof(TranslationEngineOptions.Threads),
                new() { Threads = 0 }
            },
            {
                nameof(TranslationEngineOptions.TilePixels),
                new() { TilePixels = -1 }
            },
            {
                nameof(TranslationEngineOptions.Size),
                new() { Size = new(0, 5), Mode = TranslationMode.ResizeToTraining }
            },
            {
                nameof(TranslationEngineOptions.Size),
                new() { Size = new(8, 8) }
            },
            {
                nameof(TranslationEngineOptions.Size),
                new() { Size = new(8, 8), Mode = TranslationMode.Exact }
            },
            {
                nameof(TranslationEngineOptions.MaxRunBytes),
                new() { MaxRunBytes = 0 }
            },
            {
                nameof(TranslationEngineOptions.MaxLoadSeconds),
                new() { MaxLoadSeconds = double.NaN }
            },
            {
                nameof(TranslationEngineOptions.Std),
                new() { Std = [0] }
            },
            {
                nameof(TranslationEngineOptions.Mean),
                new() { Mean = [float.NaN] }
            },
            {
                nameof(TranslationEngineOptions.MaxRunPixels),
                new() { MaxRunPixels = 0 }
            },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void Values_out_of_range_are_named_when_an_engine_is_made(string option, TranslationEngineOptions options)
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => new TranslationEngine([], options));
        Assert.Equal(option, failure.ParamName);
    }

    [Fact]
    public void Values_out_of_range_are_named_when_the_catalog_is_called()
    {
        var catalog = new MLContext(1).Transforms;
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() =>
            catalog.TranslateImage(
                new ImageTranslationOptions
                {
                    OutputColumnName = "Map",
                    ModelFile = "nowhere.onnx",
                    Mode = (TranslationMode)99,
                }
            )
        );
        Assert.Equal("Mode", failure.ParamName);
    }

    [Fact]
    public void Options_go_through_JSON()
    {
        var options = new ImageTranslationOptions
        {
            OutputColumnName = "Map",
            ModelFile = "maps.onnx",
            Size = new ImageSize(320, 240),
            Mode = TranslationMode.ResizeToTraining,
            Mean = [0.5f, 0.25f],
            FallbackToCpu = true,
            ReadAhead = 3,
        };
        string json = JsonSerializer.Serialize(options);
        var read = JsonSerializer.Deserialize<ImageTranslationOptions>(json)!;
        Assert.Equal(options.Mean, read.Mean);
        Assert.Equal(options with { Mean = null }, read with { Mean = null });
    }

    [Fact]
    public void An_engine_keeps_the_options_that_it_was_made_with()
    {
        var options = new TranslationEngineOptions { Device = TranslationDevice.Cpu, Threads = 1 };
        using var engine = new TranslationEngine(TestModels.Export(TestModels.Strided), options);
        options.Mode = TranslationMode.Exact;
        engine.Options.Mode = TranslationMode.Exact;
        Assert.Equal(10, engine.Translate(TestImages.Make(10, 7)).Width);
    }

    [Fact]
    public void A_card_with_a_huge_multiple_is_refused_before_it_takes_memory()
    {
        var model = TestModels.Export(TestModels.Strided);
        Assert.Equal(
            nameof(TranslationEngineOptions.MaxRunPixels),
            Assert.Throws<ArgumentException>(() => new TranslationEngine(model, new() { MaxRunPixels = 15 })).ParamName
        );
    }

    [Fact]
    public void Tiles_of_one_pixel_are_as_large_as_the_model_needs()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = 1,
                TilePixels = 1,
            }
        );
        Assert.Equal(10, engine.Translate(TestImages.Make(10, 7)).Width);
    }
}
