namespace MlNetImageTranslation.Networks;

/// <summary>Over what a normalization layer takes its mean and variance.</summary>
public enum NormalizationKind
{
    /// <summary>Over the pixels of all pictures of the batch.</summary>
    Batch,

    /// <summary>Over the pixels of each picture by itself.</summary>
    Instance,
}
