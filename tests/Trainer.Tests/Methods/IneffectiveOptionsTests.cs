using System.Reflection;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Options that were set though another one makes them meaningless are refused, or warned of.</summary>
public sealed class IneffectiveOptionsTests
{
    // What every combination of options leaves with an effect, or what is a wish that is fulfilled anyway.
    private static readonly string[] s_alwaysEffective =
    [
        "OutputFolder",
        "Seed",
        "Epochs",
        "DecayEpochs",
        "BatchSize",
        "AccumulationSteps",
        "LearningRate",
        "Beta1",
        "Beta2",
        "Epsilon",
        "LearningRatePolicy",
        "Preprocess",
        "Flip",
        "ColorJitter",
        "Rotation",
        "Order",
        "MaximumDataSize",
        "InputChannels",
        "OutputChannels",
        "Device",
        "FallbackToCpu",
        "Precision",
        "Threads",
        "LogEvery",
        "ImageCacheMegabytes",
        "AverageDecay",
        "ExportModel",
        "FlushToDisk",
        // A run without a folder has nowhere to write; it may be the rehearsal of one that has.
        "SampleEveryEpochs",
        "SnapshotEveryEpochs",
        "CheckpointEverySteps",
        "CheckpointEveryEpochs",
        // Names of columns do not hurt where there are none.
        "SourceColumnName",
        "TargetColumnName",
        "OutputColumnName",
        "ReverseOutputColumnName",
        // Without label images it is refused beforehand.
        "InstanceColumnName",
        "InitialGenerator",
        "InitialReverseGenerator",
        "InitialDiscriminator",
        "InitialReverseDiscriminator",
        "GeneratorGraph",
        "DiscriminatorGraph",
        "DiscriminatorScales",
        "DiscriminatorAugmentation",
        "Objective",
        "PoolSize",
        "L1Weight",
        "FeatureMatchingWeight",
        "SeparateDiscriminatorUpdates",
        "SecondGeneratorPass",
        "LabelPaletteFile",
        "LabelCount",
        "TotalVariationWeight",
        "PerceptualWeight",
        "Loss",
        "StructureWeight",
        "CycleWeightA",
        "CycleWeightB",
        "AdversarialWeight",
        "ContrastWeight",
        "IdentityContrast",
        "MirrorEquivariance",
        "SelfRegularizationWeight",
        "FeatureWeight",
        "NoiseSize",
        "OwnGeneratorLayers",
        "OwnDiscriminatorLayers",
        "SearchSteps",
        "SearchStarts",
        "SearchRate",
    ];

    private static readonly string[] s_warnedOf =
    [
        "LoadSize",
        "CropSize",
        "LearningRateDecayEvery",
        "SampleCount",
        "MaximumValidationSize",
        "ValidateEveryEpochs",
        "AllowChangedData",
        "AllowChangedEpochs",
        "AllowMovedData",
        "GpuDeviceId",
        "Initialization",
        "InitializationGain",
        "GradientPenaltyWeight",
        "ContrastLayers",
        "Patches",
        "ProjectionFilters",
        "Temperature",
    ];

    public static TheoryData<string, TrainingOptions> Ineffective
    {
        get
        {
            var data = new TheoryData<string, TrainingOptions>();
            foreach (var (message, options) in Cases())
                data.Add(message, options);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ineffective))]
    public void An_option_without_effect_is_told_with_the_one_that_makes_it_so(string expected, TrainingOptions options)
    {
        if (s_warnedOf.Contains(expected.Split(' ')[0]))
        {
            Make(options);
            var reports = new List<TrainingProgress>();
            IneffectiveOptions.Warn(options, new Pix2PixTrainerTests.Recorder(reports));
            Assert.StartsWith(expected, Assert.Single(reports).Message);
            return;
        }
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Make(options));
        Assert.StartsWith(expected, exception.Message);
        Assert.StartsWith(exception.ParamName!, expected);
    }

    [Fact]
    public void What_command_lines_of_other_programs_carry_along_is_warned_of()
    {
        var options = TinyRun.Pix2Pix(null);
        options.Epochs = 1;
        options.DecayEpochs = 0;
        options.LearningRateDecayEvery = 20;
        options.GradientPenaltyWeight = 5;
        options.SampleEveryEpochs = 0;
        options.SampleCount = 7;
        var reports = new List<TrainingProgress>();
        new Pix2PixTrainer(options).Train(new Pix2PixTrainerTests.Recorder(reports));
        string[] warnings = [.. reports.Select(report => report.Message).OfType<string>()];
        foreach (string name in (string[])["LearningRateDecayEvery", "GradientPenaltyWeight", "SampleCount"])
            Assert.Single(warnings, text => text.StartsWith($"{name} is without effect: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_and_recipes_are_not_refused()
    {
        var pix2pix = new Pix2PixTrainer.Options { Preprocess = PreprocessMode.None, SampleEveryEpochs = 0 };
        Make(pix2pix);
        pix2pix.UseKeras();
        Make(pix2pix);
        var hd = new Pix2PixTrainer.Options { Preprocess = PreprocessMode.ScaleWidth };
        hd.UsePix2PixHd();
        hd.Preprocess = PreprocessMode.None;
        Make(hd);
        foreach (var type in Types().Where(type => type != typeof(FeatureGanTrainer.Options)))
            Make((TrainingOptions)Activator.CreateInstance(type)!);
    }

    [Fact]
    public void Every_option_can_be_without_effect_or_is_known_to_have_one_always()
    {
        var names = Types()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.CanWrite)
            .Select(property => property.Name)
            .Distinct()
            .ToArray();
        string[] refused =
        [
            .. Cases().Select(found => found.Expected.Split(' ')[0]),
            // Those below.
            "Pairs",
            "ValidationPairs",
            "ValidationSet",
            "Sources",
            "Targets",
            "TargetData",
            "Progress",
            "Cancellation",
            "InstanceFolder",
        ];
        Assert.Equal([], names.Except(refused).Except(s_alwaysEffective));
        Assert.Equal([], refused.Concat(s_alwaysEffective).Except(names));
    }

    [Fact]
    public void What_is_for_Fit_is_refused_by_Train_and_the_other_way_round()
    {
        var view = new MLContext().Data.LoadFromEnumerable(new[] { new { Source = "a.png", Target = "b.png" } });
        var pairs = TestTensors.Pairs(2, 20);
        var images = ImageSet.FromImages([new RgbImage(20, 20)]);
        using var source = new CancellationTokenSource();
        Train("Progress is without effect", options => options.Progress = new Progress<TrainingProgress>());
        Train("Cancellation is without effect", options => options.Cancellation = source.Token);
        Train("ValidationSet is without effect", options => options.ValidationSet = view);
        Fit("Pairs is without effect", options => options.Pairs = pairs);
        Fit("ValidationPairs is without effect", options => options.ValidationPairs = pairs);
        Fit("DataFolder is without effect", options => options.DataFolder = "data");
        Fit("Layout is without effect", options => options.Layout = PairLayout.Colorization);
        FitSets("Sources is without effect", options => options.Sources = images);
        FitSets("TargetFolder is without effect", options => options.TargetFolder = "b");
        Fit(
            "InstanceFolder is without effect",
            options => (options.LabelCount, options.InstanceFolder) = (3, "instances")
        );
        Refused(
            "TargetData is without effect",
            () =>
                new SimGanTrainer(
                    new()
                    {
                        Sources = images,
                        Targets = images,
                        TargetData = view,
                    }
                ).Train()
        );

        void Train(string expected, Action<Pix2PixTrainer.Options> change)
        {
            var options = TinyRun.Pix2Pix(null);
            change(options);
            Refused(expected, () => new Pix2PixTrainer(options).Train());
        }

        void Fit(string expected, Action<Pix2PixTrainer.Options> change)
        {
            var options = new Pix2PixTrainer.Options();
            change(options);
            Refused(expected, () => new Pix2PixTrainer(options).Fit(view));
        }

        void FitSets(string expected, Action<SimGanTrainer.Options> change)
        {
            var options = new SimGanTrainer.Options { TargetData = view };
            change(options);
            Refused(expected, () => new SimGanTrainer(options).Fit(view));
        }

        static void Refused(string expected, Action action) =>
            Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(action).Message);
    }

    [Fact]
    public void Early_stopping_needs_validation_images_when_training_starts()
    {
        using var folder = new TemporaryFolder();
        var options = TinyRun.Pix2Pix(folder.File("run"));
        (options.ValidationPairs, options.EarlyStoppingPatience) = (null, 2);
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options).Train()).Message;
        Assert.StartsWith("EarlyStoppingPatience is without effect: there are no images to validate on.", message);
        Assert.Contains("ValidationFraction", message);
        Assert.False(Directory.Exists(folder.File("run")));
    }

    [Fact]
    public void A_run_that_began_with_an_option_without_effect_goes_on_and_says_so()
    {
        using var folder = new TemporaryFolder();
        string run = folder.File("run");
        TinyRun.Interrupt(run, 3);
        // As runs of before could have it.
        string file = Path.Combine(run, "options.json");
        File.WriteAllText(
            file,
            File.ReadAllText(file)
                .Replace("\"gradientPenaltyWeight\": 10", "\"gradientPenaltyWeight\": 7", StringComparison.Ordinal)
        );
        var warnings = TinyRun.Resume(run, options => options.GradientPenaltyWeight = 7);
        Assert.Contains(warnings, text => text.StartsWith("GradientPenaltyWeight is", StringComparison.Ordinal));
    }

    [Fact]
    public void A_share_for_validation_beside_a_validation_part_is_warned_of()
    {
        using var folder = new TemporaryFolder();
        foreach (string phase in (string[])["train", "val"])
            for (int i = 0; i < 2; i++)
            {
                var (a, b) = TestTensors.Pairs(2, 20).Load(i);
                string part = Directory.CreateDirectory(folder.File($"data/{phase}")).FullName;
                ImageEncoder.Save(RgbImage.JoinPair(a, b), Path.Combine(part, $"{i}.png"));
            }
        var options = TinyRun.Pix2Pix(null);
        (options.Pairs, options.ValidationPairs, options.DataFolder) = (null, null, folder.File("data"));
        (options.ValidationFraction, options.Epochs, options.DecayEpochs) = (0.5, 1, 0);
        var reports = new List<TrainingProgress>();
        new Pix2PixTrainer(options).Train(new Pix2PixTrainerTests.Recorder(reports));
        Assert.Contains(
            "ValidationFraction is without effect: the dataset has a 'val' part.",
            reports.Select(report => report.Message)
        );
    }

    private static IEnumerable<(string Expected, TrainingOptions Options)> Cases()
    {
        var pairs = TestTensors.Pairs(1, 20);
        var images = ImageSet.FromImages([new RgbImage(20, 20)]);
        var view = new MLContext().Data.LoadFromEnumerable(new[] { new { Source = "a.png" } });
        var network = NetworkCatalog.Create("resnet-1");
        var judge = NetworkCatalog.Create("patch");
        return
        [
            ("Resume is without effect: OutputFolder", Pix2Pix(o => o.Resume = true)),
            ("TensorBoard is without effect: OutputFolder", Pix2Pix(o => o.TensorBoard = true)),
            ("AllowChangedData is without effect: Resume", Pix2Pix(o => o.AllowChangedData = true)),
            ("AllowChangedEpochs is without effect: Resume", Pix2Pix(o => o.AllowChangedEpochs = true)),
            ("AllowMovedData is without effect: Resume", Pix2Pix(o => o.AllowMovedData = true)),
            (
                "GpuDeviceId is without effect: Device is Cpu",
                Pix2Pix(o => (o.GpuDeviceId, o.Device) = (0, TranslationDevice.Cpu))
            ),
            (
                "LearningRateDecayEvery is without effect: it belongs to LearningRatePolicy = Step",
                Pix2Pix(o => o.LearningRateDecayEvery = 3)
            ),
            (
                "LoadSize is without effect: Preprocess is Crop",
                Pix2Pix(o => (o.LoadSize, o.Preprocess) = (300, PreprocessMode.Crop))
            ),
            (
                "CropSize is without effect: Preprocess is None",
                Pix2Pix(o => (o.CropSize, o.Preprocess) = (128, PreprocessMode.None))
            ),
            (
                "SampleCount is without effect: SampleEveryEpochs is 0",
                Pix2Pix(o => (o.SampleCount, o.SampleEveryEpochs) = (7, 0))
            ),
            (
                "EarlyStoppingPatience is without effect: ValidateEveryEpochs is 0",
                Pix2Pix(o => (o.EarlyStoppingPatience, o.ValidateEveryEpochs) = (7, 0))
            ),
            (
                "MaximumValidationSize is without effect: ValidateEveryEpochs is 0",
                Pix2Pix(o => (o.MaximumValidationSize, o.ValidateEveryEpochs) = (7, 0))
            ),
            ("DataFolder is without effect: Pairs", Pix2Pix(o => (o.DataFolder, o.Pairs) = ("data", pairs))),
            ("BadImages is without effect: Pairs", Pix2Pix(o => (o.BadImages, o.Pairs) = (BadImages.Fail, pairs))),
            ("Layout is without effect: Pairs", Pix2Pix(o => (o.Layout, o.Pairs) = (PairLayout.Colorization, pairs))),
            (
                "Direction is without effect: Layout is Colorization",
                Pix2Pix(o => (o.Layout, o.Direction) = (PairLayout.Colorization, TranslationDirection.BtoA))
            ),
            (
                "ValidationFraction is without effect: ValidationPairs",
                Pix2Pix(o => (o.ValidationFraction, o.ValidationPairs) = (0.1, pairs))
            ),
            (
                "ValidationFraction is without effect: ValidationSet",
                Pix2Pix(o => (o.ValidationFraction, o.ValidationSet) = (0.1, view))
            ),
            ("VggWeights is without effect: it belongs to PerceptualWeight", Pix2Pix(o => o.VggWeights = "vgg.pth")),
            (
                "Generator is without effect: GeneratorGraph",
                Pix2Pix(o => (o.Generator, o.GeneratorGraph) = ("resnet-9", network))
            ),
            (
                "GeneratorFilters is without effect: GeneratorGraph",
                Pix2Pix(o => (o.GeneratorFilters, o.GeneratorGraph) = (8, network))
            ),
            (
                "Dropout is without effect: GeneratorGraph",
                Pix2Pix(o => (o.Dropout, o.GeneratorGraph) = (false, network))
            ),
            (
                "Dropout is without effect: generator 'unet-16' has none",
                Pix2Pix(o => (o.Dropout, o.Generator) = (true, "unet-16"))
            ),
            (
                "Norm is without effect: the networks",
                Pix2Pix(o =>
                    (o.Norm, o.Generator, o.Discriminator) = (
                        NormalizationKind.None,
                        NetworkCatalog.KerasUNet256,
                        NetworkCatalog.KerasPatch
                    )
                )
            ),
            (
                "Initialization is without effect",
                Pix2Pix(o =>
                    (o.Initialization, o.InitialGenerator, o.InitialDiscriminator) = (
                        InitializationKind.Kaiming,
                        "g.pth",
                        "d.pth"
                    )
                )
            ),
            (
                "InitializationGain is without effect",
                new RegressionTrainer.Options { InitializationGain = 0.5, InitialGenerator = "g.pth" }
            ),
            (
                "Discriminator is without effect: DiscriminatorGraph",
                Pix2Pix(o => (o.Discriminator, o.DiscriminatorGraph) = ("pixel", judge))
            ),
            (
                "DiscriminatorFilters is without effect: DiscriminatorGraph",
                Pix2Pix(o => (o.DiscriminatorFilters, o.DiscriminatorGraph) = (8, judge))
            ),
            (
                "DiscriminatorLayers is without effect: DiscriminatorGraph",
                Pix2Pix(o => (o.DiscriminatorLayers, o.DiscriminatorGraph) = (2, judge))
            ),
            (
                "GradientPenaltyWeight is without effect: it belongs to Objective = Wasserstein",
                Pix2Pix(o => o.GradientPenaltyWeight = 5)
            ),
            (
                "ValidateEveryEpochs is without effect: unpaired images",
                new CycleGanTrainer.Options { ValidateEveryEpochs = 3 }
            ),
            ("ValidationFraction is without effect: unpaired", new CutTrainer.Options { ValidationFraction = 0.1 }),
            ("EarlyStoppingPatience is without effect: unp", new CoGanTrainer.Options { EarlyStoppingPatience = 3 }),
            ("MaximumValidationSize is without effect: unp", new BiGanTrainer.Options { MaximumValidationSize = 3 }),
            (
                "SourceFolder is without effect: Sources",
                new SimGanTrainer.Options { SourceFolder = "a", Sources = images }
            ),
            (
                "TargetFolder is without effect: Targets",
                new SimGanTrainer.Options { TargetFolder = "a", Targets = images }
            ),
            (
                "DataFolder is without effect: SourceFolder and TargetFolder",
                new CoGanTrainer.Options
                {
                    DataFolder = "d",
                    SourceFolder = "a",
                    TargetFolder = "b",
                }
            ),
            (
                "IdentityWeight is without effect: it is a share of CycleWeightA and CycleWeightB",
                new CycleGanTrainer.Options
                {
                    CycleWeightA = 0,
                    CycleWeightB = 0,
                    IdentityWeight = 2,
                }
            ),
            ("BatchNegatives is without effect: BatchSize is 1", new CutTrainer.Options { BatchNegatives = true }),
            (
                "ContrastLayers is without effect: ContrastWeight is 0",
                new CutTrainer.Options { ContrastWeight = 0, ContrastLayers = [0] }
            ),
            ("Patches is without effect: ContrastWeight", new CutTrainer.Options { ContrastWeight = 0, Patches = 3 }),
            (
                "ProjectionFilters is without effect: ContrastWeight",
                new CutTrainer.Options { ContrastWeight = 0, ProjectionFilters = 3 }
            ),
            (
                "Temperature is without effect: ContrastWeight",
                new CutTrainer.Options { ContrastWeight = 0, Temperature = 3 }
            ),
            (
                "UnfreezeBlocks is without effect: UnfreezeAfterEpochs",
                new RegressionTrainer.Options { UnfreezeBlocks = 2 }
            ),
            (
                "UnfrozenRate is without effect: UnfreezeAfterEpochs",
                new RegressionTrainer.Options { UnfrozenRate = 0.2 }
            ),
            (
                "UnfreezeAfterEpochs is without effect: no layer of generator 'unet-256'",
                new RegressionTrainer.Options { UnfreezeAfterEpochs = 2 }
            ),
            (
                "UnfreezeAfterEpochs is without effect: Epochs and DecayEpochs are 5 together",
                new RegressionTrainer.Options
                {
                    Generator = NetworkCatalog.Vgg16UNet,
                    VggWeights = "vgg.pth",
                    UnfreezeAfterEpochs = 5,
                    Epochs = 3,
                    DecayEpochs = 2,
                }
            ),
        ];
    }

    private static Pix2PixTrainer.Options Pix2Pix(Action<Pix2PixTrainer.Options> change)
    {
        var options = new Pix2PixTrainer.Options();
        change(options);
        return options;
    }

    private static IEnumerable<Type> Types() =>
        typeof(TrainingOptions)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(TrainingOptions)));

    private static void Make(TrainingOptions options)
    {
        try
        {
            Activator.CreateInstance(options.GetType().DeclaringType!, options);
        }
        catch (TargetInvocationException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
    }
}
