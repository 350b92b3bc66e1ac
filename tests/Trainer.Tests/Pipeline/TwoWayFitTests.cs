using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class TwoWayFitTests
{
    [Fact]
    public void CycleGAN_learns_from_two_views_of_different_length_and_translates_both_ways() =>
        Check(CycleGanTests.Tiny(null), (context, options) => context.Transforms.TranslateImage(options));

    [Fact]
    public void BiGAN_learns_from_two_views_of_different_length_and_translates_both_ways() =>
        Check(BiGanTests.Tiny(null), (context, options) => context.ImageTranslation.Trainers.BiGan(options));

    [Fact]
    public void Target_data_is_needed()
    {
        var trainers = new MLContext().ImageTranslation.Trainers;
        Assert.Throws<ArgumentNullException>(() => trainers.BiGan(targetData: null!));
        Assert.Contains(
            "TargetData",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainers.BiGan(new BiGanTrainer.Options())).Message
        );
    }

    private static void Check<TOptions>(
        TOptions options,
        Func<MLContext, TOptions, IEstimator<TwoWayTransformer>> estimator
    )
        where TOptions : TwoWayOptions
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 4; i++)
            ImageEncoder.Save(TestTensors.Image(i, 16, 16), folder.File($"{i}.png"));
        var context = new MLContext();
        var horses = Load(context, folder, "Horse", 0, 1, 2);
        var zebras = Load(context, folder, "Zebra", 2, 3);
        options.Sources = null;
        options.Targets = null;
        options.LoadSize = 16;
        options.Epochs = 1;
        options.DecayEpochs = 0;
        options.SourceColumnName = "Horse";
        options.OutputColumnName = "AsZebra";
        options.TargetData = zebras;
        options.TargetColumnName = "Zebra";
        options.ReverseOutputColumnName = "AsHorse";

        using var model = estimator(context, options).Fit(horses);

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
