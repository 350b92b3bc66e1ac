using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// What to take from a checkpoint where the file does not say it, or where it is to be overruled. Everything is found
/// by itself by default.
/// </summary>
public sealed record ImportOptions
{
    /// <summary>
    /// Which network of a file that holds several: its key or prefix, such as <c>netG_A</c>. Null: the only one, or the
    /// only generator.
    /// </summary>
    public string? Entry { get; init; }

    /// <summary>The architecture (a name of <see cref="NetworkCatalog"/>).</summary>
    public string? Architecture { get; init; }

    /// <summary>Channels of the input.</summary>
    public int? InputChannels { get; init; }

    /// <summary>Channels of a generator's output.</summary>
    public int? OutputChannels { get; init; }

    /// <summary>Filters of the first convolution.</summary>
    public int? Filters { get; init; }

    /// <summary>The normalization.</summary>
    public NormalizationKind? Norm { get; init; }

    /// <summary>Whether the network has dropout; a U-Net's file does not show it, and true is assumed.</summary>
    public bool? Dropout { get; init; }

    /// <summary>Strided layers of a PatchGAN.</summary>
    public int? Layers { get; init; }

    /// <summary>Side of the images that the network was trained on.</summary>
    public int? Size { get; init; }

    internal bool OverridesNetwork =>
        (Architecture, InputChannels, OutputChannels, Filters, Norm, Dropout, Layers, Size)
            is not
            (null, null, null, null, null, null, null, null);

    internal NetworkOptions Over(NetworkOptions found) =>
        found with
        {
            Architecture = Architecture is null ? found.Architecture : NetworkCatalog.CanonicalName(Architecture),
            InputChannels = InputChannels ?? found.InputChannels,
            OutputChannels = OutputChannels ?? found.OutputChannels,
            Filters = Filters ?? found.Filters,
            Norm = Norm ?? found.Norm,
            Dropout = Dropout ?? found.Dropout,
            Layers = Layers ?? found.Layers,
            Size = Size ?? found.Size,
        };
}
