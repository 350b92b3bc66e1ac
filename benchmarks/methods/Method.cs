using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>A method to compare.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="BothWays">Whether one run learns both directions: A is labels then, B is photos.</param>
/// <param name="Train">Makes a run.</param>
internal sealed record Method(string Name, bool BothWays, Action<Job> Train)
{
    private const string CoGan = "cogan";
    private const string FeatureGan = "feature-gan";

    // In a ResNet of six blocks, as far apart as CUT's own in one of nine.
    private static readonly int[] s_contrastLayers = [0, 4, 8, 11, 14];

    /// <summary>All of them, in the order of the CycleGAN paper's tables, with CUT.</summary>
    public static IReadOnlyList<Method> All { get; } =
    [
        new(CoGan, true, job => new CoGanTrainer(job.CoGan()).Train(job)),
        new("bigan", true, job => new BiGanTrainer(job.Unpaired(new BiGanTrainer.Options())).Train(job)),
        new("simgan", false, job => new SimGanTrainer(job.Unpaired(new SimGanTrainer.Options())).Train(job)),
        new(
            FeatureGan,
            false,
            job =>
                new FeatureGanTrainer(
                    job.Unpaired(new FeatureGanTrainer.Options { VggWeights = job.VggWeights() })
                ).Train(job)
        ),
        new("cut", false, job => new CutTrainer(job.Unpaired(Cut())).Train(job)),
        new("fastcut", false, job => new CutTrainer(job.Unpaired(FastCut())).Train(job)),
        new("cyclegan", true, job => new CycleGanTrainer(job.Unpaired(CycleGan())).Train(job)),
        new("pix2pix", false, job => new Pix2PixTrainer(job.Paired(new Pix2PixTrainer.Options())).Train(job)),
    ];

    /// <summary>What the results call it.</summary>
    public string Title(Arguments arguments) =>
        Name != FeatureGan ? Name
        : arguments.Vgg is null ? "feature loss (random VGG16)"
        : "feature loss";

    /// <summary><see cref="Title"/>, or what fits above a column of images.</summary>
    public string Heading(Arguments arguments) =>
        Name == FeatureGan && arguments.Vgg is null ? "random VGG16" : Title(arguments);

    /// <summary>Translates with what a run has made.</summary>
    public IReadOnlyList<RgbImage> Translate(Job job, Direction direction, IReadOnlyList<RgbImage> images)
    {
        bool forward = direction == Direction.LabelsToPhoto;
        if (Name == CoGan)
        {
            using var translator = CoGanTranslator.Load(job.Folder);
            return translator.Translate(images, forward ? TranslationDirection.AtoB : TranslationDirection.BtoA);
        }

        string model =
            !BothWays ? "model.onnx"
            : forward ? "model_ab.onnx"
            : "model_ba.onnx";
        using var engine = new TranslationEngine(Path.Combine(job.Folder, model), job.Arguments.Engine);
        return engine.Translate(images);
    }

    // The paper's comparison has no identity loss.
    private static CycleGanTrainer.Options CycleGan() => new() { IdentityWeight = 0 };

    private static CutTrainer.Options Cut() => new() { ContrastLayers = s_contrastLayers };

    private static CutTrainer.Options FastCut()
    {
        var options = Cut();
        options.UseFastCut();
        return options;
    }
}
