using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms;

/// <summary>How one picture goes through the model: what is fed, how it is padded, and the size of the result.</summary>
/// <param name="Picture">The picture fed: the original or a resized one.</param>
/// <param name="Padding">From the picture fed to what the model reads.</param>
/// <param name="Result">The size that the result is resized to at the end; null where it stays as it comes.</param>
internal readonly record struct PicturePlan(RgbImage Picture, PicturePadding Padding, PictureSize? Result)
{
    /// <summary>Plans one picture.</summary>
    /// <exception cref="ArgumentException">The mode is exact and the model cannot read this size.</exception>
    public static PicturePlan For(RgbImage picture, TranslationEngine engine)
    {
        var (model, mode, scale) = (engine.Model, engine.Options.Mode, engine.Scale);
        var own = new PictureSize(picture.Height, picture.Width);
        if (mode == TranslationMode.Exact) CheckExact(own, model, engine.SizeMultiple);
        if (mode == TranslationMode.KeepSize && scale > 1 && model.FixedSize is { } tile)
            return new(picture, new(own.Height, own.Width, Math.Max(own.Height, tile.Height), Math.Max(own.Width, tile.Width)), null);
        PictureSize? target = mode is TranslationMode.ResizeToTraining or TranslationMode.ResizeToTrainingAndBack ? model.TrainingSize : model.FixedSize;
        if (target is not { } size || size == own) return new(picture, engine.Padding(own), null);
        var fed = ImageResizer.Resize(picture, size.Width, size.Height);
        PictureSize? result = mode == TranslationMode.ResizeToTraining ? null : new(checked(own.Height * scale), checked(own.Width * scale));
        return new(fed, engine.Padding(size), result);
    }

    /// <summary>The size of what comes out for a picture of the given size.</summary>
    public static PictureSize ResultSize(PictureSize picture, EngineModel model, TranslationMode mode, int scale)
    {
        var size = mode == TranslationMode.ResizeToTraining ? model.TrainingSize!.Value : picture;
        return new(checked(size.Height * scale), checked(size.Width * scale));
    }

    private static void CheckExact(PictureSize picture, EngineModel model, int multiple)
    {
        string who = model.Card?.Architecture ?? model.Name;
        if (model.FixedSize is { } only && only != picture)
            throw new ArgumentException($"The picture is {picture.Width}x{picture.Height}; {who} reads {only.Width}x{only.Height} only (or use another {nameof(TranslationMode)} than {TranslationMode.Exact}).");
        if (picture.Height % multiple != 0 || picture.Width % multiple != 0)
            throw new ArgumentException($"The picture is {picture.Width}x{picture.Height}; {who} needs sides that are multiples of {multiple} (or use {nameof(TranslationMode)}.{TranslationMode.KeepSize}).");
    }
}
