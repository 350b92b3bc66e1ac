namespace MlNetImageTranslation.Networks;

/// <summary>The reference's choices of normalization (<c>--norm</c>).</summary>
public enum Norm
{
    /// <summary>Batch normalization with learned scale and shift and running statistics.</summary>
    Batch,

    /// <summary>Instance normalization without scale, shift or running statistics.</summary>
    Instance,

    /// <summary>No normalization.</summary>
    None,
}
