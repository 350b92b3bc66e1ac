namespace MlNetImageTranslation.Transforms;

/// <summary>How the algorithms of convolutions are found on a GPU.</summary>
public enum ConvolutionSearch
{
    /// <summary>
    /// <see cref="Exhaustive"/> where all images have one size inside of the model, <see cref="Heuristic"/> where sizes
    /// vary.
    /// </summary>
    Auto,

    /// <summary>cuDNN estimates which algorithm is fastest: no delay when a new size comes.</summary>
    Heuristic,

    /// <summary>
    /// cuDNN tries all algorithms for every new size: the first image of each takes up to seconds longer, later ones
    /// are fastest.
    /// </summary>
    Exhaustive,
}
