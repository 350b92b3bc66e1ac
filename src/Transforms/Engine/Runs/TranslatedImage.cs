using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>A result: RGB, or the 32-bit pixels of an MLImage.</summary>
/// <remarks>
/// An MLImage has no memory that others may write to; <see cref="MLImage.CreateFromPixels"/> copies from a buffer. So
/// results are written to such a buffer, and every reader gets an MLImage of its own.
/// </remarks>
internal sealed class TranslatedImage
{
    private readonly RgbImage? _rgb;
    private readonly ImageSize _size;
    private readonly byte[]? _bgra;

    public TranslatedImage(RgbImage rgb)
    {
        _rgb = rgb;
        _size = new(rgb.Width, rgb.Height);
    }

    private TranslatedImage(ImageSize size, byte[] bgra)
    {
        _size = size;
        _bgra = bgra;
    }

    /// <summary>The RGB image; only of results made for it.</summary>
    public RgbImage Rgb => _rgb ?? throw new InvalidOperationException("The result was made for an MLImage.");

    /// <summary>Takes a result from the buffer of a run.</summary>
    /// <param name="padded">The padded result.</param>
    /// <param name="padding">What was added to the image.</param>
    /// <param name="scale">How much larger or smaller the result is.</param>
    /// <param name="form">What it is for.</param>
    public static TranslatedImage Cut(
        ReadOnlySpan<byte> padded,
        ImagePadding padding,
        ImageScale scale,
        ResultForm form
    )
    {
        int width = padding.Width * scale,
            height = padding.Height * scale;
        if (form == ResultForm.Rgb)
        {
            var rgb = RgbImage.Uninitialized(width, height);
            padding.Crop(padded, rgb.Pixels, scale);
            return new(rgb);
        }
        var bgra = GC.AllocateUninitializedArray<byte>(checked(width * height * 4));
        int rowBytes = width * 4;
        for (int y = 0; y < height; y++)
            Bgra32.FromRgb(padding.ResultRow(padded, y, scale), bgra.AsSpan(y * rowBytes, rowBytes));
        return new(new(width, height), bgra);
    }

    /// <summary>A new MLImage, the caller's.</summary>
    public MLImage ToMLImage() =>
        _bgra is null
            ? Rgb.ToMLImage()
            : MLImage.CreateFromPixels(_size.Width, _size.Height, MLPixelFormat.Bgra32, _bgra);
}
