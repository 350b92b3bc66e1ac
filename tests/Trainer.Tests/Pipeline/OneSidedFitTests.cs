using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class OneSidedFitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _context = new(3);

    public OneSidedFitTests()
    {
        for (int i = 0; i < 4; i++)
            ImageEncoder.Save(TestTensors.Image(i, 16, 16), _folder.File($"{i}.png"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CUT_learns_from_two_views_of_different_length()
    {
        var options = OneSidedTests.Cut(null);
        Prepare(options);
        Check(_context.ImageTranslation.Trainers.Cut(options));
        Check(_context.Transforms.TranslateImage(options));
    }

    [Fact]
    public void SimGAN_learns_from_two_views()
    {
        var options = new SimGanTrainer.Options
        {
            Generator = "resnet-1",
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            DiscriminatorLayers = 1,
            Device = TranslationDevice.Cpu,
        };
        Prepare(options);
        Check(_context.ImageTranslation.Trainers.SimGan(options));
    }

    [Fact]
    public void A_trainer_made_by_its_constructor_is_an_estimator_with_the_seed_of_a_trainer()
    {
        var options = OneSidedTests.Cut(null);
        Prepare(options);
        options.Seed = null;
        var trainer = new CutTrainer(options);
        options.Seed = 0;
        var horses = Load("Horse", 0, 1);

        using var own = trainer.Fit(horses);
        using var catalogs = _context.ImageTranslation.Trainers.Cut(options).Fit(horses);

        Assert.Equal(Pixels(catalogs, horses), Pixels(own, horses));
        options.Seed = 1;
        using var other = new CutTrainer(options).Fit(horses);
        Assert.NotEqual(Pixels(other, horses), Pixels(own, horses));
    }

    [Fact]
    public void A_trainer_made_by_its_constructor_needs_target_data_to_fit()
    {
        var options = OneSidedTests.Cut(null);
        options.TargetData = null;
        Assert.Contains(
            "TargetData",
            Assert.Throws<ArgumentOutOfRangeException>(() => new CutTrainer(options).Fit(Load("Horse", 0))).Message
        );
    }

    [Fact]
    public void Simple_arguments_are_the_options()
    {
        var trainers = _context.ImageTranslation.Trainers;
        Assert.Throws<ArgumentNullException>(() => trainers.Cut(targetData: null!));
        Assert.Throws<ArgumentNullException>(() => trainers.SimGan(targetData: null!));
        var zebras = Load("Zebra", 2, 3);
        Assert.Contains(
            "nonsense",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Cut(zebras, generator: "nonsense")).Message
        );
        Assert.Contains(
            "VggWeights",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainers.FeatureGan(zebras, vggWeights: "")).Message
        );
        Assert.Contains(
            "TargetData",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Cut(new CutTrainer.Options())).Message
        );
    }

    private void Prepare(OneSidedOptions options)
    {
        options.Sources = null;
        options.Targets = null;
        options.LoadSize = 16;
        options.CropSize = 16;
        options.Epochs = 1;
        options.DecayEpochs = 0;
        options.SourceColumnName = "Horse";
        options.OutputColumnName = "AsZebra";
        options.TargetData = Load("Zebra", 2, 3);
        options.TargetColumnName = "Zebra";
    }

    private void Check(IEstimator<ImageTranslationTransformer> estimator)
    {
        var horses = Load("Horse", 0, 1, 2);
        using var model = estimator.Fit(horses);
        int count = 0;
        foreach (var image in model.Transform(horses).GetColumn<MLImage>("AsZebra"))
            using (image)
            {
                Assert.Equal((16, 16), (image.Width, image.Height));
                count++;
            }
        Assert.Equal(3, count);
    }

    private static List<byte[]> Pixels(ITransformer model, IDataView view) =>
        [
            .. model
                .Transform(view)
                .GetColumn<MLImage>("AsZebra")
                .Select(image =>
                {
                    using (image)
                        return RgbImage.FromMLImage(image).Pixels;
                }),
        ];

    private IDataView Load(string column, params int[] numbers)
    {
        var rows = _context.Data.LoadFromEnumerable(numbers.Select(i => new Row { File = $"{i}.png" }).ToList());
        return _context.Transforms.LoadImages(column, _folder.Path, "File").Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        public string File { get; set; } = "";
    }
}
