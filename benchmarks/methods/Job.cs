using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>One training run: on what, which way, with what budget, into which folder.</summary>
internal sealed class Job(Arguments arguments, Scenes scenes, Direction direction, string folder)
    : IProgress<TrainingProgress>
{
    private const string Generator = NetworkCatalog.ResNet6;

    public Arguments Arguments => arguments;

    public string Folder => folder;

    /// <summary>The VGG16 to compare features by: the user's file, or one made up beside the folder.</summary>
    public string VggWeights() => arguments.Vgg ?? RandomVgg16.Write($"{folder}-vgg16.safetensors", arguments.Seed);

    private IReadOnlyList<RgbImage> Sources => direction == Direction.LabelsToPhoto ? scenes.Labels : scenes.Photos;

    private IReadOnlyList<RgbImage> Targets => direction == Direction.LabelsToPhoto ? scenes.Photos : scenes.Labels;

    /// <summary>A run on two sets; which images belong together it is not told.</summary>
    public T Unpaired<T>(T options)
        where T : UnpairedOptions
    {
        options.Sources = ImageSet.FromImages(Sources);
        options.Targets = ImageSet.FromImages(Targets);
        return Networks(Budget(options, arguments.Steps, batch: 1));
    }

    /// <summary>A run on pairs.</summary>
    public Pix2PixTrainer.Options Paired(Pix2PixTrainer.Options options)
    {
        options.Pairs = Pairs();
        return Networks(Budget(options, arguments.Steps, batch: 1));
    }

    /// <summary>The run of the network that segments photos.</summary>
    public RegressionTrainer.Options Segmenter()
    {
        var options = new RegressionTrainer.Options { Pairs = Pairs() };
        Translator(options);
        return Budget(options, arguments.SegmenterSteps, batch: 1);
    }

    /// <summary>CoGAN's run, on two sets.</summary>
    public CoGanTrainer.Options CoGan() =>
        Budget(
            new CoGanTrainer.Options
            {
                Sources = ImageSet.FromImages(Sources),
                Targets = ImageSet.FromImages(Targets),
                GeneratorFilters = arguments.Filters,
                DiscriminatorFilters = arguments.Filters,
            },
            arguments.Steps,
            arguments.CoGanBatch
        );

    void IProgress<TrainingProgress>.Report(TrainingProgress value)
    {
        if (value.Event == TrainingEvent.Warning)
        {
            Console.WriteLine($"  warning: {value.Message}");
        }
    }

    private ImagePairs Pairs() => ImagePairs.FromImages([.. Sources.Zip(Targets)]);

    private T Networks<T>(T options)
        where T : GeneratorOptions, IAdversarialOptions
    {
        Translator(options);
        options.Discriminator = NetworkCatalog.Patch;
        options.DiscriminatorFilters = arguments.Filters;
        return options;
    }

    private void Translator(GeneratorOptions options)
    {
        options.Generator = Generator;
        options.GeneratorFilters = arguments.Filters;
        options.Norm = NormalizationKind.Instance;
        options.Dropout = false;
        // CUT has another default.
        options.Initialization = InitializationKind.Normal;
    }

    // Half of the epochs at the full rate, half while it falls. No enlarging before the crop: labels would blur.
    private T Budget<T>(T options, int steps, int batch)
        where T : TrainingOptions
    {
        int stepsOfAnEpoch = (Sources.Count + batch - 1) / batch;
        int epochs = Math.Max(1, (int)Math.Round((double)steps / stepsOfAnEpoch));
        options.Epochs = epochs - epochs / 2;
        options.DecayEpochs = epochs / 2;
        options.BatchSize = batch;
        options.LearningRate = arguments.LearningRate;
        options.LoadSize = arguments.Size;
        options.CropSize = arguments.Size;
        options.Seed = arguments.Seed;
        options.Device = arguments.Device;
        options.Threads = arguments.Threads;
        options.OutputFolder = folder;
        options.SampleEveryEpochs = 0;
        options.SnapshotEveryEpochs = 0;
        options.CheckpointEveryEpochs = 0;
        options.CheckpointEverySteps = 0;
        options.FlushToDisk = false;
        return options;
    }
}
