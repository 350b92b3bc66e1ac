namespace MlNetImageTranslation.Networks;

/// <summary>How an upsampling layer finds the values between pixels.</summary>
public enum UpsamplingMode
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>Linear between pixel centres (align_corners false).</summary>
    Bilinear,
}
