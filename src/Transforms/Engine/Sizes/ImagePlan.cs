using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>How one image goes through the model: what is fed, how it is padded, and the size of the result.</summary>
/// <param name="Image">The image fed: the original or a resized one.</param>
/// <param name="Padding">From the image fed to what the model reads.</param>
/// <param name="Result">The size that the result is resized to at the end; null where it stays as it comes.</param>
internal readonly record struct ImagePlan(RgbImage Image, ImagePadding Padding, ImageSize? Result)
{
    /// <summary>Plans one image.</summary>
    /// <exception cref="ArgumentException">The mode is exact and the model cannot read this size.</exception>
    public static ImagePlan For(RgbImage image, TranslationEngine engine)
    {
        var (model, mode, scale) = (engine.Model, engine.Options.Mode, engine.Scale);
        var own = new ImageSize(image.Width, image.Height);
        if (mode == TranslationMode.Exact)
            CheckExact(own, model, engine.SizeMultiple);
        if (mode == TranslationMode.KeepSize && scale > 1 && model.FixedSize is { } tile)
            return new(
                image,
                new(own.Height, own.Width, Math.Max(own.Height, tile.Height), Math.Max(own.Width, tile.Width)),
                null
            );
        ImageSize? target = mode is TranslationMode.ResizeToTraining or TranslationMode.ResizeToTrainingAndBack
            ? model.TrainingSize
            : model.FixedSize;
        if (target is not { } size || size == own)
            return new(image, engine.Padding(own), null);
        var fed = ImageResizer.Resize(image, size.Width, size.Height);
        ImageSize? result =
            mode == TranslationMode.ResizeToTraining
                ? null
                : new(checked(own.Width * scale), checked(own.Height * scale));
        return new(fed, engine.Padding(size), result);
    }

    /// <summary>The size of what comes out for an image of the given size.</summary>
    public static ImageSize ResultSize(ImageSize image, EngineModel model, TranslationMode mode, int scale)
    {
        var size = mode == TranslationMode.ResizeToTraining ? model.TrainingSize!.Value : image;
        return new(checked(size.Width * scale), checked(size.Height * scale));
    }

    private static void CheckExact(ImageSize image, EngineModel model, int multiple)
    {
        string who = model.Card?.Architecture ?? model.Name;
        if (model.FixedSize is { } only && only != image)
            throw new ArgumentException(
                $"The image is {image.Width}x{image.Height}; {who} reads {only.Width}x{only.Height} only (or use "
                    + $"another {nameof(TranslationMode)} than {TranslationMode.Exact})."
            );
        if (image.Height % multiple != 0 || image.Width % multiple != 0)
            throw new ArgumentException(
                $"The image is {image.Width}x{image.Height}; {who} needs sides that are multiples of {multiple} (or "
                    + $"use {nameof(TranslationMode)}.{TranslationMode.KeepSize})."
            );
    }
}
