using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Style, super-resolution and other models as their authors publish them: the options of their instructions give what
/// torch gives.
/// </summary>
public sealed class ThirdPartyModelTests(ThirdPartyModels models) : IClassFixture<ThirdPartyModels>
{
    private static readonly TranslationEngineOptions s_cpu = new() { Device = TranslationDevice.Cpu, Threads = 1 };

    private static readonly Dictionary<string, (TranslationEngineOptions Options, int Scale)> s_cases = new()
    {
        ["neural-style"] = (s_cpu with { PixelRange = PixelRange.ZeroTo255 }, 1),
        ["anime"] = (s_cpu with { PixelRange = PixelRange.MinusOneToOne }, 1),
        ["cartoon"] = (s_cpu with { PixelRange = PixelRange.MinusOneToOne, ColorOrder = ColorOrder.Bgr }, 1),
        ["sub-pixel"] = (s_cpu with { PixelRange = PixelRange.ZeroToOne }, 3),
        ["real-esrgan"] = (s_cpu with { PixelRange = PixelRange.ZeroToOne }, 4),
        ["real-esrgan-half"] = (s_cpu with { PixelRange = PixelRange.ZeroToOne }, 4),
        ["srgan"] = (s_cpu with { PixelRange = PixelRange.ZeroToOne, OutputRange = PixelRange.MinusOneToOne }, 2),
        ["mask"] = (
            s_cpu with
            {
                Mean = [0.485f, 0.456f, 0.406f],
                Std = [0.229f, 0.224f, 0.225f],
                OutputName = "1959",
            },
            1
        ),
        ["low-light"] = (s_cpu with { PixelRange = PixelRange.ZeroToOne, OutputName = "enhanced" }, 1),
        ["depth"] = (s_cpu with { PixelRange = PixelRange.ZeroToOne }, 1),
        ["single"] = (s_cpu with { PixelRange = PixelRange.ZeroToOne }, 1),
        ["bytes-in"] = (s_cpu with { OutputRange = PixelRange.ZeroToOne }, 1),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gives_what_torch_gives(string name)
    {
        var (options, scale) = s_cases[name];
        using var engine = new TranslationEngine(models.File(name), options);
        Assert.Equal(scale, engine.Scale);
        var image = ThirdPartyModels.Image;
        var results = engine.Translate([image, TestImages.Make(56, 40, 1), image]);
        var expected = models.Expected(name);
        Assert.Equal((image.Width * scale, image.Height * scale), (results[0].Width, results[0].Height));
        Assert.Equal(results[0].Pixels, results[2].Pixels);
        Assert.All(expected.Zip(results[0].Pixels), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        // A model that gives one colour would prove nothing.
        Assert.True(expected.Distinct().Count() > 50);
    }

    [Theory, MemberData(nameof(Names))]
    public void Is_saved_in_a_pipeline_of_stock_transformers(string name)
    {
        var file = models.File(name);
        using var folder = new TemporaryFolder();
        ImageEncoder.Save(ThirdPartyModels.Image, folder.File("photo.png"));
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable([new { File = "photo.png" }]);
        var said = s_cases[name].Options;
        var options = new ImageTranslationOptions
        {
            OutputColumnName = "Result",
            InputColumnName = "Photo",
            ModelFile = file,
            Device = TranslationDevice.Cpu,
            PixelRange = said.PixelRange,
            OutputRange = said.OutputRange,
            ColorOrder = said.ColorOrder,
            Mean = [.. said.Mean ?? []],
            Std = [.. said.Std ?? []],
            OutputName = said.OutputName,
        };
        if (said.Mean is null)
            (options.Mean, options.Std) = (null, null);
        using (
            var model = context
                .Transforms.LoadImages("Photo", folder.Path, "File")
                .Append(context.Transforms.ResizeImages("Photo", 56, 40))
                .Append(context.Transforms.TranslateImage(options))
                .Fit(data)
        )
            context.Model.Save(model, data.Schema, folder.File("model.zip"));
        using var loaded = (IDisposable)context.Model.Load(folder.File("model.zip"), out _);
        using var result = ((ITransformer)loaded).Transform(data).GetColumn<MLImage>("Result").Single();
        Assert.All(
            models.Expected(name).Zip(RgbImage.FromMLImage(result).Pixels),
            pair => Assert.InRange(pair.First - pair.Second, -1, 1)
        );
    }

    [Theory]
    [InlineData("neural-style", nameof(TranslationEngineOptions.PixelRange))]
    [InlineData("anime", nameof(TranslationEngineOptions.PixelRange))]
    [InlineData("mask", nameof(TranslationEngineOptions.OutputName))]
    [InlineData("bytes-in", nameof(TranslationEngineOptions.OutputRange))]
    public void What_has_to_be_said_is_named(string name, string option)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => new TranslationEngine(models.File(name), s_cpu));
        Assert.Contains(option, exception.Message);
    }

    [Theory]
    [InlineData("anime", 75, 33, 1)]
    [InlineData("real-esrgan", 1, 1, 4)]
    [InlineData("sub-pixel", 71, 47, 3)]
    [InlineData("neural-style", 71, 47, 1)]
    [InlineData("depth", 3, 90, 1)]
    public void Other_sizes_go_through(string name, int width, int height, int scale)
    {
        using var engine = new TranslationEngine(models.File(name), s_cases[name].Options);
        var result = engine.Translate(TestImages.Make(width, height));
        Assert.Equal((width * scale, height * scale), (result.Width, result.Height));
    }
}
