using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    /// <summary>
    /// Translates one image of 16 bits a sample, which is not changed, with the full precision of float32. It is padded
    /// as other images are, but never resized or cut into tiles.
    /// </summary>
    /// <remarks>
    /// For models of floating-point numbers, and those that this library exported. The first call opens a session of its
    /// own, which holds the weights once more.
    /// </remarks>
    /// <exception cref="NotSupportedException">The model itself takes or gives bytes, or
    /// <see cref="TranslationEngineOptions.KeepColors"/> is set.</exception>
    /// <exception cref="ArgumentException">The model cannot read this size without resizing or tiles.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public RgbImage16 Translate(RgbImage16 image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var size = new ImageSize(image.Width, image.Height);
        var session = WideForm();
        var padding = ImagePlan.ForWide(size, this);
        if (_tiles.For(padding, _tiles.Pixels) is { } tiles)
            throw new ArgumentException(
                $"The image is {size}, and a run of {_model.Name} takes {tiles.Pixels} pixels at most "
                    + $"({nameof(TranslationEngineOptions.TilePixels)}); images of 16 bits a sample are not cut into tiles."
            );
        ModelCheck.CheckPixels(_model, _options, (long)padding.PaddedHeight * padding.PaddedWidth * Scale * Scale);
        return _slots.Use(_ => session.Translate(image, padding));
    }

    /// <summary>The form of the model for images of 16 bits a sample.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    internal WideSession WideForm()
    {
        if (_options.KeepColors)
            throw new NotSupportedException(
                $"{nameof(TranslationEngineOptions.KeepColors)} is for images of 8 bits a sample."
            );
        // Opened in a slot, so that disposing waits for it.
        return _slots.Use(_ => _wide.Value);
    }
}
