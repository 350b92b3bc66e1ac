using MlNetImageTranslation.Transforms;

namespace Microsoft.ML;

/// <summary>Image-to-image translation in ML.NET pipelines.</summary>
public static class ImageTranslationCatalog
{
    /// <summary>
    /// Adds a column of images that the generator in <paramref name="modelFile"/> makes of the images in
    /// <paramref name="inputColumnName"/>:
    /// <c>mlContext.Transforms.LoadImages("Photo", folder, "File").Append(mlContext.Transforms.TranslateImage("Map",
    /// "Photo", "maps.onnx"))</c>.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">The name of the new column; its images belong to whoever reads them. It has a
    /// size when the input column or the mode gives one.</param>
    /// <param name="inputColumnName">The column of images; null means <paramref name="outputColumnName"/>.</param>
    /// <param name="modelFile">An ONNX file that this library exported. Third-party models are described by
    /// <see cref="ImageTranslationOptions"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="outputColumnName"/> or <paramref name="modelFile"/> is
    /// null.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">It is no model that the runtime accepts.</exception>
    public static ImageTranslationEstimator TranslateImage(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        string modelFile
    ) =>
        TranslateImage(
            catalog,
            new ImageTranslationOptions
            {
                OutputColumnName = outputColumnName ?? throw new ArgumentNullException(nameof(outputColumnName)),
                InputColumnName = inputColumnName,
                ModelFile = modelFile ?? throw new ArgumentNullException(nameof(modelFile)),
            }
        );

    /// <summary>Adds a column of translated images, with all options.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns, model and how to run it; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    /// <exception cref="ArgumentException">The model reads instance images and there is no column of them, or the other
    /// way round.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">It is no model that the runtime accepts.</exception>
    public static ImageTranslationEstimator TranslateImage(
        this TransformsCatalog catalog,
        ImageTranslationOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(catalog, options);
    }
}
