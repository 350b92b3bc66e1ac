namespace MlNetImageTranslation.Networks;

/// <summary>What a pooling layer keeps of its window.</summary>
public enum PoolingKind
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The mean of the values inside the image (padding is not counted).</summary>
    Average,
}
