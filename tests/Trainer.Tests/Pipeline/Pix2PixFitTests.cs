using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class Pix2PixFitTests
{
    [Fact]
    public void Fit_trains_from_two_image_columns_and_returns_a_transformer()
    {
        using var folder = new TemporaryFolder();
        var context = new MLContext();
        var messages = new List<string>();
        context.Log += (_, log) =>
        {
            lock (messages)
                messages.Add(log.Message);
        };
        var rows = new List<Row>();
        for (int i = 0; i < 4; i++)
        {
            ImageEncoder.Save(TestTensors.Image(i, 16, 16), folder.File($"a{i}.png"));
            ImageEncoder.Save(TestTensors.Negative(TestTensors.Image(i, 16, 16)), folder.File($"b{i}.png"));
            rows.Add(new() { Photo = $"a{i}.png", Map = $"b{i}.png" });
        }
        var options = TinyRun.Pix2Pix(null);
        (options.Pairs, options.ValidationPairs, options.LoadSize) = (null, null, 16);
        (options.SourceColumnName, options.TargetColumnName, options.OutputColumnName) = (
            "PhotoImage",
            "MapImage",
            "Translated"
        );
        var pipeline = context
            .Transforms.LoadImages("PhotoImage", folder.Path, "Photo")
            .Append(context.Transforms.LoadImages("MapImage", folder.Path, "Map"))
            .Append(context.Transforms.TranslateImage(options));

        var data = context.Data.LoadFromEnumerable(rows);
        using var model = pipeline.Fit(data);
        var output = model.Transform(data);
        var sizes = output
            .GetColumn<MLImage>("Translated")
            .Select(image =>
            {
                using (image)
                    return (image.Width, image.Height);
            })
            .ToArray();
        Assert.Equal(Enumerable.Repeat((16, 16), 4), sizes);
        Assert.Contains(messages, message => message.Contains("g_l1", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_mixes_no_colours_of_label_images()
    {
        using var folder = new TemporaryFolder();
        var rows = new List<Row>();
        for (int i = 0; i < 2; i++)
        {
            // Stripes of three pixels, which no halving meets.
            var labels = new RgbImage(33, 33);
            for (int k = 0; k < 33 * 33; k++)
                labels.Pixels.AsSpan(3 * k, 3).Fill((byte)((k % 33 / 3 + i) % 3 * 2));
            ImageEncoder.Save(labels, folder.File($"a{i}.png"));
            ImageEncoder.Save(TestTensors.Image(i, 33, 33), folder.File($"b{i}.png"));
            rows.Add(new() { Photo = folder.File($"a{i}.png"), Map = folder.File($"b{i}.png") });
        }
        File.WriteAllText(folder.File("palette.txt"), "0 0 0 road\n2 2 2 roof\n4 4 4 tree\n");
        var options = TinyRun.Pix2Pix(null);
        (options.Pairs, options.ValidationPairs, options.Epochs, options.DecayEpochs) = (null, null, 1, 0);
        (options.SourceColumnName, options.TargetColumnName) = ("Photo", "Map");
        options.LabelPaletteFile = folder.File("palette.txt");
        var data = new MLContext().Data.LoadFromEnumerable(rows);

        var (pairs, _) = ImageColumns.ReadPairs(data, options, new Progress<TrainingProgress>());

        Assert.Equal(new byte[] { 0, 2, 4 }, pairs.Load(0).A.Pixels.Distinct().Order().ToArray());
        Assert.Equal((20, 20), (pairs.Load(0).A.Width, pairs.Load(0).A.Height));
        // Levels between would be refused here.
        (options.LabelPaletteFile, options.LabelCount) = (null, 5);
        options.OutputColumnName = "Translated";
        using var model = new MLContext().ImageTranslation.Trainers.Pix2Pix(options).Fit(data);
        Assert.Equal(2, model.Transform(data).GetColumn<MLImage>("Translated").Count());
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var context = new MLContext();
        var options = TinyRun.Pix2Pix(null);
        (options.Pairs, options.ValidationPairs, options.TargetColumnName) = (null, null, "Nowhere");
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() =>
            context.Transforms.TranslateImage(options).Fit(context.Data.LoadFromEnumerable(new List<Row>()))
        );
        Assert.Equal("inputSchema", exception.ParamName);
    }

    private sealed class Row
    {
        public string Photo { get; set; } = "";

        public string Map { get; set; } = "";
    }
}
