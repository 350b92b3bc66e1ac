namespace MlNetImageTranslation.Export;

/// <summary>The order of an image tensor's dimensions.</summary>
public enum PixelLayout
{
    /// <summary>Batch, channels, height, width.</summary>
    Nchw,

    /// <summary>Batch, height, width, channels.</summary>
    Nhwc,
}
