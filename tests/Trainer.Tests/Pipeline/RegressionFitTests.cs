using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class RegressionFitTests
{
    [Fact]
    public void Fit_learns_from_two_columns_and_the_pipeline_gives_the_same_pixels_after_saving()
    {
        using var folder = new TemporaryFolder();
        var context = new MLContext();
        var rows = new List<Row>();
        var targets = new List<RgbImage>();
        for (int i = 0; i < 4; i++)
        {
            targets.Add(TestTensors.Negative(TestTensors.Image(i, 16, 16)));
            ImageEncoder.Save(TestTensors.Image(i, 16, 16), folder.File($"a{i}.png"));
            ImageEncoder.Save(targets[i], folder.File($"b{i}.png"));
            rows.Add(new() { Photo = $"a{i}.png", Map = $"b{i}.png" });
        }
        var data = context.Data.LoadFromEnumerable(rows);
        var images = context
            .Transforms.LoadImages("PhotoImage", folder.Path, "Photo")
            .Append(context.Transforms.LoadImages("MapImage", folder.Path, "Map"))
            .Append(context.Transforms.ResizeImages("PhotoImage", 16, 16));
        var validations = new List<TrainingProgress>();
        var options = new RegressionTrainer.Options
        {
            Generator = "plain-unet",
            GeneratorFilters = 4,
            LoadSize = 16,
            CropSize = 16,
            Flip = false,
            Epochs = 60,
            DecayEpochs = 0,
            LearningRate = 5e-3,
            Device = TranslationDevice.Cpu,
            Threads = 1,
            FlushToDisk = false,
            SourceColumnName = "PhotoImage",
            TargetColumnName = "MapImage",
            OutputColumnName = "Translated",
            ValidationSet = images.Fit(data).Transform(context.Data.LoadFromEnumerable(rows.Take(2))),
            Progress = new Pix2PixTrainerTests.Recorder(
                [],
                report =>
                {
                    if (report.Event == TrainingEvent.Validation)
                        validations.Add(report);
                }
            ),
        };

        using var model = images.Append(context.Transforms.TranslateImage(options)).Fit(data);
        var translated = Translate(model, data);

        Assert.Equal(4, translated.Count);
        for (int i = 0; i < 4; i++)
        {
            double before = ImageScores.Of(TestTensors.Image(i, 16, 16), targets[i]).L1,
                after = ImageScores.Of(translated[i], targets[i]).L1;
            Assert.True(after < 0.35 * before, $"image {i}: L1 {before:f1} before, {after:f1} after");
        }
        Assert.Equal(60, validations.Count);
        Assert.Equal(
            (ImageScores.Of(translated[0], targets[0]).L1 + ImageScores.Of(translated[1], targets[1]).L1) / 2,
            validations[^1].Validation!.Value.L1,
            0.5
        );

        context.Model.Save(model, data.Schema, folder.File("model.zip"));
        var loaded = new MLContext().Model.Load(folder.File("model.zip"), out _);
        using var owner = (IDisposable)loaded;
        Assert.Equal(translated.Select(image => image.Pixels), Translate(loaded, data).Select(image => image.Pixels));
    }

    [Fact]
    public void Options_may_change_after_the_trainer_is_made()
    {
        var context = new MLContext();
        var options = new RegressionTrainer.Options { SourceColumnName = "Nowhere" };
        var estimator = context.Transforms.TranslateImage(options);
        options.SourceColumnName = "Photo";
        Assert.Contains(
            "Nowhere",
            Assert
                .Throws<ArgumentOutOfRangeException>(() =>
                    estimator.Fit(context.Data.LoadFromEnumerable(new List<Row>()))
                )
                .Message
        );
    }

    private static List<RgbImage> Translate(ITransformer model, IDataView data) =>
        [
            .. model
                .Transform(data)
                .GetColumn<MLImage>("Translated")
                .Select(image =>
                {
                    using (image)
                        return RgbImage.FromMLImage(image);
                }),
        ];

    private sealed class Row
    {
        public string Photo { get; set; } = "";

        public string Map { get; set; } = "";
    }
}
