using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Models in pipelines that were saved, and that ML.NET's own transformers run.</summary>
internal static class StockPipeline
{
    /// <summary>
    /// The saved pipeline of a model gives what the engine makes with another one, but for one level of rounding.
    /// </summary>
    /// <param name="model">The file of the model that is saved.</param>
    /// <param name="like">The file of the other.</param>
    /// <param name="engineOptions">How the engine runs it; its pixel range holds for both.</param>
    public static void AssertTranslatesLike(string model, string like, TranslationEngineOptions engineOptions)
    {
        using var folder = new TemporaryFolder();
        var image = TestImages.Make(32, 24);
        ImageEncoder.Save(image, folder.File("photo.png"));
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable([new { File = "photo.png" }]);
        var options = new ImageTranslationOptions
        {
            OutputColumnName = "Result",
            InputColumnName = "Photo",
            ModelFile = model,
            Device = TranslationDevice.Cpu,
            PixelRange = engineOptions.PixelRange,
            SavedSize = new(32, 24),
        };
        using (
            var pipeline = context
                .Transforms.LoadImages("Photo", folder.Path, "File")
                .Append(context.Transforms.TranslateImage(options))
                .Fit(data)
        )
            context.Model.Save(pipeline, data.Schema, folder.File("model.zip"));
        var loaded = context.Model.Load(folder.File("model.zip"), out _);
        using var result = loaded.Transform(data).GetColumn<MLImage>("Result").Single();
        using var engine = new TranslationEngine(like, engineOptions);
        Assert.All(
            engine.Translate(image).Pixels.Zip(RgbImage.FromMLImage(result).Pixels),
            pair => Assert.InRange(pair.First - pair.Second, -1, 1)
        );
    }
}
