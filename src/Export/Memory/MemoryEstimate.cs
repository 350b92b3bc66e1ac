namespace MlNetImageTranslation.Export;

/// <summary>How much memory a run of a model takes, found without running it.</summary>
/// <param name="Bytes">
/// The most bytes of values at a time, weights left out. What a runtime does on top (workspace, fusion) is not counted.
/// </param>
/// <param name="LargestValue">The name of the largest value.</param>
/// <param name="LargestBytes">Its bytes.</param>
/// <param name="ResultPixels">
/// Rows times columns of the first output, of images in either order of dimensions; null where they are not known.
/// </param>
/// <param name="IsComplete">
/// Whether every value is counted; false where a size depends on what the image shows, or an operator is not known.
/// </param>
public sealed record MemoryEstimate(
    double Bytes,
    string LargestValue,
    double LargestBytes,
    double? ResultPixels,
    bool IsComplete
);
