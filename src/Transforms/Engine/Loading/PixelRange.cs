namespace MlNetImageTranslation.Transforms;

/// <summary>What black and full white are to a model.</summary>
public enum PixelRange
{
    /// <summary>0 and 255.</summary>
    ZeroTo255,

    /// <summary>0 and 1.</summary>
    ZeroToOne,

    /// <summary>-1 and 1.</summary>
    MinusOneToOne,
}
