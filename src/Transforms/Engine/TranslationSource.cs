using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>What is translated: an image and, where the model reads one, the instance image beside it.</summary>
internal sealed class TranslationSource
{
    private readonly MLImage? _mlImage;
    private RgbImage? _image;

    public TranslationSource(RgbImage image, RgbImage? instances = null)
    {
        _image = image;
        Instances = instances;
        Size = new(image.Width, image.Height);
    }

    /// <param name="image">The image, composed on white where it is transparent. It is read where it is, so that
    /// nobody may change or dispose it before the translation ends.</param>
    public TranslationSource(MLImage image)
    {
        _mlImage = image;
        Size = new(image.Width, image.Height);
    }

    public ImageSize Size { get; }

    /// <summary>The image in RGB; an MLImage is converted when this is first asked for.</summary>
    public RgbImage Image => _image ??= RgbImage.FromMLImage(_mlImage!);

    /// <summary>The image as it is where it was not needed in RGB.</summary>
    public MLImage? MLImage => _image is null ? _mlImage : null;

    /// <summary>The instance image; null where there is none.</summary>
    public RgbImage? Instances { get; }

    /// <summary>Whether the result gets the image's alpha.</summary>
    public bool HasAlpha => _image?.Alpha is not null;

    /// <summary>What a run reads.</summary>
    public SourcePixels Pixels =>
        MLImage is { } image ? new SourceMLImage(image, this) : SourceSamples.Of(Image, Instances);

    /// <summary>Throws where the model does not read this.</summary>
    /// <param name="model">The model.</param>
    /// <param name="labels">The number of classes where it reads label images by the numbers of their classes.</param>
    /// <param name="name">The parameter that the image came by.</param>
    /// <exception cref="ArgumentException">The instance image is missing, not read, or of another size; or a pixel is
    /// of no class.</exception>
    public void Check(EngineModel model, int? labels, string name)
    {
        if (labels is { } count && LabelLevels.FindOther(Image.Pixels, Image.Width, count) is { } other)
            throw new ArgumentException(LabelLevels.Refusal(other, model.Name, count), name);
        CheckInstances(model, Instances is not null, name, null);
        if (Instances is { } instances && (instances.Width != Size.Width || instances.Height != Size.Height))
            throw new ArgumentException(
                $"The instance image is {instances.Size}; expected {Size}, the size of its label image.",
                nameof(instances)
            );
    }

    /// <summary>Throws where an instance image is missing, or there is one that the model does not read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="given">Whether there are instance images.</param>
    /// <param name="name">The parameter that the image came by, or the option's name.</param>
    /// <param name="option">The option that says where instance images are; null for single ones.</param>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public static void CheckInstances(EngineModel model, bool given, string name, string? option)
    {
        if (model.Pixels.ReadsInstances && !given)
            throw new ArgumentException(
                $"{model.Name} reads an instance image beside each label image, an image of the same size; there is "
                    + $"none.{(option is null ? "" : $" Say by {option}.")}",
                name
            );
        if (!model.Pixels.ReadsInstances && given)
            throw new ArgumentException(
                $"{model.Name} reads one image; expected no instance image beside it"
                    + $"{(option is null ? "" : $" and no {option}")}.",
                name
            );
    }

    /// <summary>The same at another size.</summary>
    public TranslationSource Resize(ImageSize size, ResizeFilter filter) =>
        new(
            Image.Resize(size.Width, size.Height, filter),
            // Colours between those of two instances are another one's.
            Instances?.Resize(size.Width, size.Height, ResizeFilter.Nearest)
        );
}
