namespace MlNetImageTranslation.Networks;

/// <summary>What a padding layer puts around its input.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The image mirrored at its border pixels, which are not repeated.</summary>
    Reflect,

    /// <summary>The border pixels repeated.</summary>
    Replicate,
}
