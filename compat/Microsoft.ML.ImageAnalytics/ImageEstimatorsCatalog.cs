using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML;

public static class ImageEstimatorsCatalog
{
    public static ImageGrayscalingEstimator ConvertToGrayscale(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null)
        => new(catalog.Environment, (outputColumnName, inputColumnName ?? outputColumnName));

    public static ImageLoadingEstimator LoadImages(this TransformsCatalog catalog, string outputColumnName, string imageFolder, string inputColumnName = null)
        => new(catalog.Environment, imageFolder, asImage: true, (outputColumnName, inputColumnName ?? outputColumnName));

    public static ImageLoadingEstimator LoadRawImageBytes(this TransformsCatalog catalog, string outputColumnName, string imageFolder, string inputColumnName = null)
        => new(catalog.Environment, imageFolder, asImage: false, (outputColumnName, inputColumnName ?? outputColumnName));

    public static ImagePixelExtractingEstimator ExtractPixels(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
        ImagePixelExtractingEstimator.ColorBits colorsToExtract = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfExtraction = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavePixelColors = false, float offsetImage = 0, float scaleImage = 1, bool outputAsFloatArray = true)
        => new(catalog.Environment, new PixelExtraction(outputColumnName, inputColumnName ?? outputColumnName,
            new PixelLayout(colorsToExtract, orderOfExtraction, interleavePixelColors), offsetImage, scaleImage, outputAsFloatArray));

    public static ImageResizingEstimator ResizeImages(this TransformsCatalog catalog, string outputColumnName, int imageWidth, int imageHeight,
        string inputColumnName = null, ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
        ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center)
        => new(catalog.Environment, new ImageResizing(outputColumnName, inputColumnName ?? outputColumnName, imageWidth, imageHeight, resizing, cropAnchor));

    /// <summary>The default colours are accepted and not used, as in the real one.</summary>
    public static VectorToImageConvertingEstimator ConvertToImage(this TransformsCatalog catalog, int imageHeight, int imageWidth,
        string outputColumnName, string inputColumnName = null,
        ImagePixelExtractingEstimator.ColorBits colorsPresent = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfColors = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavedColors = false, float scaleImage = 1, float offsetImage = 0,
        int defaultAlpha = 255, int defaultRed = 0, int defaultGreen = 0, int defaultBlue = 0)
        => new(catalog.Environment, new ImageConversion(outputColumnName, inputColumnName ?? outputColumnName, imageHeight, imageWidth,
            new PixelLayout(colorsPresent, orderOfColors, interleavedColors), scaleImage, offsetImage));
}
