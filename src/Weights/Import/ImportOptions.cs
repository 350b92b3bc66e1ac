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

    /// <summary>
    /// Whether norms use running statistics, as PyTorch's <c>eval()</c> does, where the file has them. Instance norms
    /// that tracked them (<c>track_running_stats</c>) are left out of account otherwise: published models were run
    /// without. A network or file without running statistics is refused.
    /// </summary>
    public bool RunningStatistics { get; init; }

    internal bool OverridesNetwork =>
        (Architecture, InputChannels, OutputChannels, Filters, Norm, Dropout, Layers, Size)
            is not
            (null, null, null, null, null, null, null, null);

    /// <exception cref="ArgumentException">An option is for another kind of network.</exception>
    internal NetworkOptions Over(NetworkOptions found)
    {
        string architecture = Architecture is null ? found.Architecture : NetworkCatalog.CanonicalName(Architecture);
        return found with
        {
            Architecture = architecture,
            InputChannels = InputChannels ?? found.InputChannels,
            OutputChannels = OutputChannels ?? found.OutputChannels,
            Filters = Filters ?? found.Filters,
            Norm = Norm ?? found.Norm,
            Dropout = Dropout ?? found.Dropout,
            Layers = Layers ?? found.Layers,
            Size = Size ?? found.Size,
        };
    }
}
