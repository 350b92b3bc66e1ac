namespace MlNetImageTranslation.Weights;

/// <summary>What an exported model reads and writes.</summary>
public enum ModelInterface
{
    /// <summary>
    /// <c>image</c> and <c>translated</c>: uint8 [N, H, W, 3], RGB, 0..255; scaling, layout, clipping and rounding are
    /// inside the model.
    /// </summary>
    Uint8Nhwc,

    /// <summary>
    /// <c>image</c> and <c>translated</c>: float32 [N, 3, H, W], RGB, -1..1 (one channel where the network has one).
    /// </summary>
    FloatNchw,
}
