namespace MlNetImageTranslation.Weights;

/// <summary>What an exported model reads and writes.</summary>
public enum ModelInterface
{
    /// <summary>
    /// <c>image</c> and <c>translated</c>: uint8 [N, H, W, 3], RGB, 0..255; scaling, layout, clipping and rounding are
    /// inside the model. A model that reads an instance image has <c>image</c> as [N, H, W, 6]: red, green and blue of
    /// the label image, then of the instance image.
    /// </summary>
    Uint8Nhwc,

    /// <summary>
    /// <c>image</c> and <c>translated</c>: float32 [N, 3, H, W], RGB, -1..1 (one channel where the network has one,
    /// six for a label image and an instance image).
    /// </summary>
    FloatNchw,
}
