using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>How one image goes through the model: what is fed, how it is padded, and the size of the result.</summary>
/// <param name="Source">The pixels fed: of the original, or resized.</param>
/// <param name="Padding">From the pixels fed to what the model reads.</param>
/// <param name="Result">The size that the result is resized to at the end; null where it stays as it comes.</param>
internal readonly record struct ImagePlan(SourcePixels Source, ImagePadding Padding, ImageSize? Result)
{
    /// <summary>Plans one image.</summary>
    /// <exception cref="ArgumentException">The mode is exact and the model cannot read this size.</exception>
    public static ImagePlan For(TranslationSource source, TranslationEngine engine)
    {
        var mode = engine.Settings.Mode;
        var own = source.Size;
        if (mode == TranslationMode.Exact)
            CheckExact(own, engine);
        // A model that enlarges would lose by resizing what it is there to keep: it gets tiles of its size.
        var fed = engine.TilesFixedSides ? own : engine.FedSize(own);
        if (fed == own)
            return new(source.Pixels, engine.Padding(own), null);
        ImageSize? result = mode == TranslationMode.ResizeToTraining ? null : own * engine.Sizes.Scale;
        // Colours between those of two classes are those of a third or of none.
        var filter = engine.Card?.LabelColors is null ? ResizeFilter.Bicubic : ResizeFilter.Nearest;
        return new(source.Resize(fed, filter).Pixels, engine.Padding(fed), result);
    }

    /// <summary>Plans an image that is never resized: what is added to it.</summary>
    /// <exception cref="ArgumentException">The model cannot read this size.</exception>
    public static ImagePadding ForWide(ImageSize image, TranslationEngine engine)
    {
        if (engine.Settings.Mode == TranslationMode.Exact)
            CheckExact(image, engine);
        if (!engine.TilesFixedSides && engine.FedSize(image) is var fed && fed != image)
            throw new ArgumentException(
                $"The image is {image}, and {engine.Model.Name} is to run on {fed}; images of 16 bits a sample are not "
                    + "resized."
            );
        return engine.Padding(image);
    }

    private static void CheckExact(ImageSize image, TranslationEngine engine)
    {
        var (model, sizes) = (engine.Model, engine.Sizes);
        string who = model.Card?.Architecture ?? model.Name;
        if (sizes.HasFixedSide && sizes.Resized(image) is var only && only != image)
            throw new ArgumentException(
                $"The image is {image}; {who} reads {only} only (or set Mode to {TranslationMode.KeepSize})."
            );
        bool heightFits = sizes.Height is not null || image.Height % sizes.Multiple == 0,
            widthFits = sizes.Width is not null || image.Width % sizes.Multiple == 0;
        if (!heightFits || !widthFits)
            throw new ArgumentException(
                $"The image is {image}; {who} needs sides that are multiples of {sizes.Multiple} (or set "
                    + $"Mode to {TranslationMode.KeepSize})."
            );
    }
}
