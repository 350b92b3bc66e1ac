namespace MlNetImageTranslation.Datasets;

/// <summary>What the images of a data folder are (the reference's <c>--dataset_mode</c> for paired training).</summary>
public enum PairLayout
{
    /// <summary>Pairs: side by side, or two folders.</summary>
    Aligned,

    /// <summary>
    /// Single images in colour: the source is their luma, the target themselves (with an input channel of 1,
    /// colorization).
    /// </summary>
    Colorization,
}
