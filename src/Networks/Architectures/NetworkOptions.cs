namespace MlNetImageTranslation.Networks;

/// <summary>
/// Which network <see cref="NetworkCatalog.Create(NetworkOptions)"/> shall make. What is null is the architecture's own
/// choice: that of the reference implementation or of the paper.
/// </summary>
public sealed record NetworkOptions
{
    /// <summary>
    /// The architecture's name, such as <c>unet-256</c>; one of <see cref="NetworkCatalog.Names"/>, with any number
    /// where those have one.
    /// </summary>
    public required string Architecture { get; init; }

    /// <summary>
    /// Channels of the input. Null: 3, or 6 for the discriminators that see source and target together.
    /// </summary>
    public int? InputChannels { get; init; }

    /// <summary>
    /// Channels of a generator's output. Null: 3. Discriminators always have one (the logit) and refuse this.
    /// </summary>
    public int? OutputChannels { get; init; }

    /// <summary>Filters of the first convolution (the reference's <c>--ngf</c> and <c>--ndf</c>). Null: 64.</summary>
    public int? Filters { get; init; }

    /// <summary>
    /// The normalization. Null: batch for U-Nets and discriminators, instance for ResNets. The Keras networks have
    /// their own and refuse this.
    /// </summary>
    public NormalizationKind? Norm { get; init; }

    /// <summary>
    /// Whether the generator has dropout. Null: U-Nets have (as pix2pix), ResNets have not (as CycleGAN).
    /// </summary>
    public bool? Dropout { get; init; }

    /// <summary>
    /// Depth, where the architecture leaves it open: strided layers of <c>patch</c> and <c>image</c> discriminators,
    /// levels of <c>plain-unet</c>, halvings of the image by <c>resnet</c>. Null: the architecture's own.
    /// </summary>
    public int? Layers { get; init; }

    /// <summary>
    /// Side of the square images for which the network is made, in pixels; their width where <see cref="Height"/> is
    /// set. Null: 256, or the number in the architecture's name.
    /// </summary>
    public int? Size { get; init; }

    /// <summary>Height of the images for which the network is made, in pixels. Null: as the width.</summary>
    public int? Height { get; init; }

    /// <summary>
    /// Whether a ResNet generator enlarges by nearest-neighbour upsampling and a convolution instead of transposed
    /// convolutions (no checkerboards).
    /// </summary>
    public bool ResizeConvolution { get; init; }
}
