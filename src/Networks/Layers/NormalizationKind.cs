namespace MlNetImageTranslation.Networks;

/// <summary>
/// Normalization of a network or a layer: over what mean and variance are taken (the reference's <c>--norm</c>).
/// </summary>
public enum NormalizationKind
{
    /// <summary>
    /// Batch normalization: over the pixels of all images of the batch, with learned scale and shift and running
    /// statistics.
    /// </summary>
    Batch,

    /// <summary>Instance normalization: over the pixels of each image by itself.</summary>
    Instance,

    /// <summary>No normalization; networks only, not layers.</summary>
    None,
}
