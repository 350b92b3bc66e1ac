namespace MlNetImageTranslation.Export;

/// <summary>The order of a model's three colour channels.</summary>
public enum ColorOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red (models that were fed by OpenCV).</summary>
    Bgr,
}
