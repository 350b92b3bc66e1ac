using System.Text.Json.Serialization;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Which generator is trained, and from which images to which.</summary>
public abstract class GeneratorOptions : TrainingOptions
{
    /// <summary>
    /// The ML.NET column with source (A) images, for <c>Fit</c>: images, the paths of image files, or the content
    /// of image files. Files are turned upright by their Exif orientation.
    /// </summary>
    [NotRecorded]
    public string SourceColumnName { get; set; } = "Source";

    /// <summary>
    /// The ML.NET column with target (B) images, for <c>Fit</c>: as the source column. With paths the trained
    /// pipeline does not load the targets, so that a saved one needs the source only.
    /// </summary>
    [NotRecorded]
    public string TargetColumnName { get; set; } = "Target";

    /// <summary>The ML.NET column that the trained transformer writes; null for the source column's name.</summary>
    [NotRecorded]
    public string? OutputColumnName { get; set; }

    /// <summary>
    /// Which image of a pair, or which of two sets, is the source (<c>--direction</c>). For <c>Fit</c> the names of the
    /// columns say it.
    /// </summary>
    public TranslationDirection Direction { get; set; } = TranslationDirection.AtoB;

    /// <summary>
    /// The generator's architecture, one of <see cref="NetworkCatalog.Generators"/> or a variant with another number
    /// (<c>unet-64</c>, <c>resnet-4</c>; <c>--netG</c> of the reference).
    /// </summary>
    public string Generator { get; set; } = "unet-256";

    /// <summary>Filters of the generator's first convolution (<c>--ngf</c>).</summary>
    public int GeneratorFilters { get; set; } = 64;

    /// <summary>
    /// Whether the generator has dropout; null for its architecture's own choice (<c>--no_dropout</c>).
    /// </summary>
    public bool? Dropout { get; set; }

    /// <summary>Normalization of the networks; null for their architectures' own choice (<c>--norm</c>).</summary>
    public NormalizationKind? Norm { get; set; }

    /// <summary>
    /// A file with the generator's initial weights (safetensors or PyTorch), under our names or the reference's.
    /// </summary>
    public string? InitialGenerator { get; set; }

    /// <summary>A generator of one's own, instead of the one named.</summary>
    [JsonIgnore]
    public NetworkGraph? GeneratorGraph { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(!string.IsNullOrEmpty(Generator), nameof(Generator), "a name", Generator);
        RequireKnown(Direction, nameof(Direction));
        if (Norm is { } norm)
            RequireKnown(norm, nameof(Norm));
        RequireFilters(GeneratorFilters, nameof(GeneratorFilters));
        Require(!string.IsNullOrEmpty(SourceColumnName), nameof(SourceColumnName), "a column name", SourceColumnName);
        Require(!string.IsNullOrEmpty(TargetColumnName), nameof(TargetColumnName), "a column name", TargetColumnName);
    }

    /// <summary>The column that the trained transformer writes.</summary>
    internal string OutputColumn => OutputColumnName ?? SourceColumnName;

    /// <summary>Makes the generator for images of the training size.</summary>
    /// <exception cref="ArgumentException">The network has other channels, or another output size than input size: it
    /// is no generator, or not the one for these images.</exception>
    internal NetworkGraph CreateGenerator(int inputChannels, int outputChannels)
    {
        if (GeneratorGraph is null)
            NetworkRole.RequireGenerator(Generator);
        var designed = DesignedSize(Generator);
        var labels = GeneratorGraph is null ? CreateLabels() : null;
        var graph =
            GeneratorGraph
            ?? NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = Generator,
                    InputChannels = labels?.Planes ?? inputChannels,
                    OutputChannels = outputChannels,
                    Filters = GeneratorFilters,
                    Norm = HasNormOfItsOwn(Generator) ? null : Norm,
                    Dropout = Dropout,
                    Size = designed?.Width,
                    Height = designed?.Height,
                }
            );
        if (labels is not null)
            graph = After(labels, graph);
        var (given, wanted) = (
            graph.Input with
            {
                Channels = labels?.InputChannels ?? inputChannels,
            },
            graph.Input with
            {
                Channels = outputChannels,
            }
        );
        if (TrainingSize is { } size)
            Require(
                size.Width % graph.SizeMultiple == 0 && size.Height % graph.SizeMultiple == 0,
                nameof(CropSize),
                $"sides that are multiples of {graph.SizeMultiple}, which generator '{graph.Name}' needs",
                CropSize
            );
        return graph.Input == given && graph.Output == wanted
            ? graph
            : throw new ArgumentException(
                $"Generator '{graph.Name}' makes {graph.Output} of {graph.Input} (channels, height, width); "
                    + $"expected one that makes {wanted} of {given}.",
                nameof(Generator)
            );
    }

    /// <summary>What makes planes of label images; null where sources are no label images.</summary>
    internal virtual LabelPlanesLayer? CreateLabels() => null;

    // The network that reads label images and does with their planes what this one does with its input.
    private static NetworkGraph After(LabelPlanesLayer labels, NetworkGraph graph) =>
        new(
            graph.Name,
            graph.Input with
            {
                Channels = labels.InputChannels,
            },
            [
                labels,
                .. graph.Layers.Select(layer =>
                    layer with
                    {
                        Inputs = [.. layer.Inputs.Select(name => name == NetworkGraph.InputName ? labels.Name : name)],
                    }
                ),
            ]
        );

    // A generator is designed for the crop where its architecture allows: it then says so in its card.
    private ImageSize? DesignedSize(string architecture)
    {
        if (GeneratorGraph is not null)
            return null;
        int multiple = NetworkCatalog
            .Create(new NetworkOptions { Architecture = architecture, Filters = 1 })
            .SizeMultiple;
        return TrainingSize is { } size && size.Width % multiple == 0 && size.Height % multiple == 0 ? size : null;
    }

    /// <summary>Whether an architecture knows its normalization itself and takes no other.</summary>
    internal static bool HasNormOfItsOwn(string architecture) =>
        architecture.StartsWith("keras", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Throws where an encoder would stay as it happens to begin: frozen, and no file has its weights.
    /// </summary>
    /// <param name="generator">The generator.</param>
    /// <param name="option">The option that names such a file, beside <see cref="InitialGenerator"/>.</param>
    /// <param name="file">What it names.</param>
    private protected void RequireEncoder(NetworkGraph generator, string option, string? file) =>
        Require(
            file is not null || InitialGenerator is not null || !generator.Layers.Any(layer => layer.Frozen),
            option,
            $"a file with the weights of the frozen encoder of '{generator.Name}'",
            file
        );

    /// <summary>Takes networks of one's own out of what a run folder recorded.</summary>
    internal abstract void RestoreNetworks(IReadOnlyDictionary<string, NetworkGraph> recorded);

    /// <summary>
    /// The recorded network where it is not the one that the options name, which is then one of the user's own.
    /// </summary>
    private protected static NetworkGraph? OwnGraph(NetworkGraph? recorded, Func<NetworkGraph> named)
    {
        if (recorded is null)
            return null;
        try
        {
            return named().ToJson() == recorded.ToJson() ? null : recorded;
        }
        catch (ArgumentException)
        {
            return recorded;
        }
    }

    /// <summary>Makes the networks that the options describe, to see whether they can be made.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They cannot; the message says why.</exception>
    private protected static void RequireNetworks(Action create)
    {
        try
        {
            create();
        }
        catch (ArgumentException exception) when (exception is not ArgumentOutOfRangeException)
        {
            throw new ArgumentOutOfRangeException(exception.Message, exception);
        }
    }
}
