using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class CycleGanEstimatorTests
{
    [Fact]
    public void Fit_learns_from_two_views_of_different_length_and_translates_both_ways()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 4; i++)
            ImageEncoder.Save(TestTensors.Image(i, 16, 16), folder.File($"{i}.png"));
        var context = new MLContext();
        IDataView horses = Load(context, folder, "Horse", 0, 1, 2),
            zebras = Load(context, folder, "Zebra", 2, 3);
        var options = CycleGanTests.Tiny(null);
        (options.Sources, options.Targets, options.LoadSize, options.Epochs, options.DecayEpochs) = (
            null,
            null,
            16,
            1,
            0
        );
        (
            options.SourceColumnName,
            options.OutputColumnName,
            options.TargetData,
            options.TargetColumnName,
            options.ReverseOutputColumnName
        ) = ("Horse", "AsZebra", zebras, "Zebra", "AsHorse");

        using var model = context.Transforms.TranslateImage(options).Fit(horses);

        Assert.Equal(3, Sizes(model.Transform(horses), "AsZebra").Count(size => size == (16, 16)));
        Assert.Equal(2, Sizes(model.Reverse.Transform(zebras), "AsHorse").Count(size => size == (16, 16)));
    }

    private static IEnumerable<(int, int)> Sizes(IDataView view, string column) =>
        view.GetColumn<MLImage>(column)
            .Select(image =>
            {
                using (image)
                    return (image.Width, image.Height);
            });

    private static IDataView Load(MLContext context, TemporaryFolder folder, string column, params int[] numbers)
    {
        var rows = context.Data.LoadFromEnumerable(numbers.Select(i => new Row { File = $"{i}.png" }).ToList());
        return context.Transforms.LoadImages(column, folder.Path, "File").Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        public string File { get; set; } = "";
    }
}
