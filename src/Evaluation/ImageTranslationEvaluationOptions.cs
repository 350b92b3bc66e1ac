namespace MlNetImageTranslation.Evaluation;

/// <summary>What to measure beyond L1, PSNR and SSIM.</summary>
public sealed record ImageTranslationEvaluationOptions
{
    /// <summary>The network whose features the Fréchet and the kernel distance compare; null leaves them out.</summary>
    public ImageNetworkOptions? Features { get; init; }

    /// <summary>
    /// The classes and their colours in label images, for FCN-scores; null leaves them out. With a
    /// <see cref="SegmentationNetwork"/> (labels to photo) translated images are segmented and compared with the label
    /// images they were made of; without (photo to labels) translated label images are compared with the targets, both
    /// by the nearest colour of the palette.
    /// </summary>
    public LabelPalette? Palette { get; init; }

    /// <summary>
    /// Segments translated photos for FCN-scores; its class numbers are those of <see cref="Palette"/>. Null for
    /// translated label images.
    /// </summary>
    public ImageNetworkOptions? SegmentationNetwork { get; init; }

    /// <summary>The column of label images, needed with a <see cref="SegmentationNetwork"/> in data views.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>Random subsets of the kernel distance.</summary>
    public int KernelSubsets { get; init; } = 100;

    /// <summary>Images of each kind in a subset.</summary>
    public int KernelSubsetSize { get; init; } = 1000;

    /// <summary>Chooses the subsets.</summary>
    public int Seed { get; init; }
}
