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
    public void A_missing_column_is_named()
    {
        var context = new MLContext();
        var options = TinyRun.Pix2Pix(null);
        options.TargetColumnName = "Nowhere";
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
