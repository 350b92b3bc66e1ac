using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    /// <summary>
    /// Whether the model reads an instance image beside each label image (pix2pixHD): an image of the same size, whose
    /// colours only have to differ between neighbouring instances.
    /// </summary>
    public bool ReadsInstances => _model.Pixels.ReadsInstances;

    /// <summary>
    /// Translates one label image with its instance image, which is resized, padded and cut into tiles like it. Neither
    /// is changed.
    /// </summary>
    /// <param name="image">The label image.</param>
    /// <param name="instances">The instance image, of the same size; <see cref="ImageDecoder"/>'s
    /// <c>DecodeInstances</c> reads one.</param>
    /// <exception cref="ArgumentException">The model reads no instance images; the sizes differ; or one of the reasons
    /// of <see cref="Translate(RgbImage)"/>.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public RgbImage Translate(RgbImage image, RgbImage instances)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(instances);
        return TranslateOne(new(image, instances), ResultForm.Rgb).Rgb;
    }

    /// <summary>
    /// Translates label images of any sizes, each with its instance image, those of one size in batches; the results
    /// are in the same order.
    /// </summary>
    /// <param name="images">The label images.</param>
    /// <param name="instances">As many instance images, in the same order.</param>
    /// <exception cref="ArgumentException">There are not as many instance images; the model reads none; sizes differ;
    /// or one of the reasons of <see cref="Translate(IReadOnlyList{RgbImage})"/>.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public IReadOnlyList<RgbImage> Translate(IReadOnlyList<RgbImage> images, IReadOnlyList<RgbImage> instances)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(instances);
        if (instances.Count != images.Count)
            throw new ArgumentException(
                $"There are {instances.Count} instance images for {images.Count} label images; expected one for each.",
                nameof(instances)
            );
        return TranslateAll(Sources(images, instances));
    }

    /// <summary>
    /// Translates one of ML.NET's images with its instance image. Both stay the caller's; so does the result.
    /// </summary>
    /// <inheritdoc cref="Translate(RgbImage, RgbImage)"/>
    public MLImage Translate(MLImage image, MLImage instances)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(instances);
        var source = new TranslationSource(
            RgbImage.FromMLImage(image, _options.KeepAlpha),
            RgbImage.FromMLImage(instances)
        );
        return TranslateOne(source, ResultForm.MLImage).ToMLImage();
    }

    /// <summary>Translates one label image with its instance image on a thread of the pool.</summary>
    /// <param name="image">The label image; it must not be changed meanwhile.</param>
    /// <param name="instances">The instance image; it must not be changed meanwhile.</param>
    /// <param name="cancellationToken">Gives up before the work begins; a run under way is finished.</param>
    /// <inheritdoc cref="Translate(RgbImage, RgbImage)"/>
    public Task<RgbImage> TranslateAsync(
        RgbImage image,
        RgbImage instances,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(instances);
        return Task.Run(() => Translate(image, instances), cancellationToken);
    }

    private static TranslationSource[] Sources(
        IReadOnlyList<RgbImage> images,
        IReadOnlyList<RgbImage>? instances = null
    )
    {
        var sources = new TranslationSource[images.Count];
        for (int i = 0; i < sources.Length; i++)
            sources[i] = new(
                At(images, i, nameof(images)),
                instances is null ? null : At(instances, i, nameof(instances))
            );
        return sources;

        static RgbImage At(IReadOnlyList<RgbImage> list, int i, string name) =>
            list[i] ?? throw new ArgumentException($"Image {i} is null.", name);
    }
}
