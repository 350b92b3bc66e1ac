namespace MlNetImageTranslation.Evaluation;

/// <summary>What to measure beyond L1, PSNR and SSIM.</summary>
public sealed record ImageTranslationEvaluationOptions
{
    /// <summary>The network whose features the Fréchet and the kernel distance compare; null leaves them out.</summary>
    public ImageNetworkOptions? Features { get; init; }

    /// <summary>FCN-scores; null leaves them out.</summary>
    public SegmentationOptions? Segmentation { get; init; }

    /// <summary>Random subsets of the kernel distance.</summary>
    public int KernelSubsets { get; init; } = 100;

    /// <summary>Images of each kind in a subset.</summary>
    public int KernelSubsetSize { get; init; } = 1000;

    /// <summary>Chooses the subsets.</summary>
    public int Seed { get; init; }
}
