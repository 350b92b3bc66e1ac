using System.Text.Json.Serialization;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>Which generator is trained, and from which images to which.</summary>
public abstract class GeneratorOptions : TrainingOptions
{
    /// <summary>The ML.NET column with source (A) images, for the estimators.</summary>
    [JsonIgnore]
    public string SourceColumnName = "Source";

    /// <summary>The ML.NET column with target (B) images, for the estimators.</summary>
    [JsonIgnore]
    public string TargetColumnName = "Target";

    /// <summary>The ML.NET column that the trained transformer writes; null for the source column's name.</summary>
    [JsonIgnore]
    public string? OutputColumnName;

    /// <summary>Which image of a pair, or which of two sets, is the source (<c>--direction</c>).</summary>
    public TranslationDirection Direction = TranslationDirection.AtoB;

    /// <summary>
    /// The generator's architecture (<see cref="NetworkCatalog"/>): <c>unet-256</c>, <c>resnet-9</c> ...
    /// (<c>--netG</c>).
    /// </summary>
    public string Generator = "unet-256";

    /// <summary>Filters of the generator's first convolution (<c>--ngf</c>).</summary>
    public int GeneratorFilters = 64;

    /// <summary>
    /// Whether the generator has dropout; null for its architecture's own choice (<c>--no_dropout</c>).
    /// </summary>
    public bool? Dropout;

    /// <summary>Normalization of the networks; null for their architectures' own choice (<c>--norm</c>).</summary>
    public NormalizationKind? Norm;

    /// <summary>
    /// A file with the generator's initial weights (safetensors or PyTorch), under our names or the reference's.
    /// </summary>
    public string? InitialGenerator;

    /// <summary>A generator of one's own, instead of the one named.</summary>
    [JsonIgnore]
    public NetworkGraph? GeneratorGraph;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(!string.IsNullOrEmpty(Generator), nameof(Generator), "a name", Generator);
        Require(GeneratorFilters >= 1, nameof(GeneratorFilters), "1 or more", GeneratorFilters);
        Require(!string.IsNullOrEmpty(SourceColumnName), nameof(SourceColumnName), "a column name", SourceColumnName);
        Require(!string.IsNullOrEmpty(TargetColumnName), nameof(TargetColumnName), "a column name", TargetColumnName);
    }

    /// <summary>Makes the generator for images of the training size.</summary>
    /// <exception cref="ArgumentException">The network has other channels, or another output size than input size: it
    /// is no generator, or not the one for these images.</exception>
    internal NetworkGraph CreateGenerator(int inputChannels, int outputChannels)
    {
        var graph =
            GeneratorGraph
            ?? NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = Generator,
                    InputChannels = inputChannels,
                    OutputChannels = outputChannels,
                    Filters = GeneratorFilters,
                    Norm = IsKeras(Generator) ? null : Norm,
                    Dropout = Dropout,
                    Size = DesignedSize(Generator),
                }
            );
        var (given, wanted) = (
            graph.Input with
            {
                Channels = inputChannels,
            },
            graph.Input with
            {
                Channels = outputChannels,
            }
        );
        return graph.Input == given && graph.Output == wanted
            ? graph
            : throw new ArgumentException(
                $"Generator '{graph.Name}' makes {graph.Output} of {graph.Input} (channels, height, width); "
                    + $"expected one that makes {wanted} of {given}.",
                nameof(Generator)
            );
    }

    // A generator is designed for the crop where its architecture allows: it then says so in its card.
    private int? DesignedSize(string architecture)
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = architecture, Filters = 1 });
        return
            Preprocess is PreprocessMode.ResizeAndCrop or PreprocessMode.Crop or PreprocessMode.ScaleWidthAndCrop
            && CropSize % graph.SizeMultiple == 0
            ? CropSize
            : null;
    }

    private protected static bool IsKeras(string architecture) =>
        architecture.StartsWith("keras", StringComparison.OrdinalIgnoreCase);
}
