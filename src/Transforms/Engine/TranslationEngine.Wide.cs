using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    /// <summary>
    /// Translates one image of 16 bits a sample, which is not changed, with the full precision of float32. It is padded
    /// and cut into tiles as other images are, but never resized.
    /// </summary>
    /// <remarks>
    /// For models of floating-point numbers, and those that this library exported. The first call opens a session of
    /// its own, which holds the weights once more.
    /// </remarks>
    /// <exception cref="NotSupportedException">The model itself takes or gives bytes, or <see cref="ReadsInstances"/>;
    /// <see cref="TranslationEngineOptions.KeepColors"/> is set; or the image is cut into tiles and
    /// <see cref="TranslationEngineOptions.StatisticsPasses"/> is set.</exception>
    /// <exception cref="ArgumentException">The model cannot read this size without resizing; or it reads label images
    /// by the numbers of their classes, and a pixel is of no class. In 16 bits, class k is 257 k.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public RgbImage16 Translate(RgbImage16 image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (_labels is { } labels && LabelLevels.FindOther(image.Pixels, image.Width, labels) is { } other)
            throw new ArgumentException(
                LabelLevels.Refusal(other, _model.Name, labels)
                    + $" In 16 bits these are multiples of {LabelLevels.WideStep}.",
                nameof(image)
            );
        var size = new ImageSize(image.Width, image.Height);
        var session = WideForm();
        var padding = ImagePlan.ForWide(size, this);
        for (; ; )
        {
            long pixels = _tiles.Pixels;
            try
            {
                return Translate(image, padding, session, pixels);
            }
            catch (Exception exception) when (MayBeSmaller(exception) && _tiles.TryShrink([padding], pixels))
            {
                // With smaller tiles then.
            }
        }
    }

    private RgbImage16 Translate(RgbImage16 image, ImagePadding padding, WideSession session, long tilePixels)
    {
        if (_tiles.For(padding, tilePixels) is not { } tiles)
        {
            long pixels = (long)padding.PaddedHeight * padding.PaddedWidth;
            ModelCheck.CheckPixels(_model, _options, pixels * Scale * Scale);
            return _slots.Use(_ => session.Translate(image, padding));
        }
        if (_options.StatisticsPasses > 0)
            throw new NotSupportedException(
                $"{nameof(TranslationEngineOptions.StatisticsPasses)} is for images of 8 bits a sample."
            );
        return tiles.Translate(
            image,
            padding,
            tile => _slots.Use(_ => session.Translate(tile, ImagePadding.ToMultiple(tile.Height, tile.Width, 1)))
        );
    }

    /// <summary>The form of the model for images of 16 bits a sample.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    internal WideSession WideForm()
    {
        if (_options.KeepColors)
            throw new NotSupportedException(
                $"{nameof(TranslationEngineOptions.KeepColors)} is for images of 8 bits a sample."
            );
        if (ReadsInstances)
            throw new NotSupportedException(
                $"{_model.Name} reads an instance image beside the label image, and both as images of 8 bits a sample."
            );
        // Opened in a slot, so that disposing waits for it.
        return _slots.Use(_ => _wide.Value);
    }
}
