using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Finds by trying what a model without a card does to sizes: what sides must be a multiple of, and how many times
/// larger its output is.
/// </summary>
internal static class SizeProbe
{
    // Each with a side that is a multiple of it and of no larger power of two, nor of three: a model that needs
    // multiples of 12 must not pass for one of 8.
    private static readonly (int Multiple, int Side)[] s_tries =
    [
        (1, 67),
        (2, 74),
        (4, 68),
        (8, 88),
        (16, 112),
        (32, 160),
        (64, 64),
        (128, 128),
        (256, 256),
    ];

    /// <summary>From this side on, every model that reads more than one size is taken to read its multiples.</summary>
    public const int AlwaysEnough = 64;

    /// <summary>
    /// The least side that the model reads: reflection inside of it needs some pixels more than the padding is wide.
    /// </summary>
    public static int LeastSide(SlotPool pool, EngineModel model, int multiple)
    {
        for (int side = multiple; side < AlwaysEnough; side *= 2)
        {
            try
            {
                if (pool.Use(slot => slot.Probe(side, side)) is not null)
                    return side;
            }
            catch (InvalidOperationException exception) when (exception.InnerException is OnnxRuntimeException)
            {
                // Too small.
            }
        }
        return (AlwaysEnough + multiple - 1) / multiple * multiple;
    }

    /// <summary>
    /// The border that the model's results lack, where it is the same for images of two sizes; null where there is none
    /// or it reads neither.
    /// </summary>
    public static PixelBorder? FindBorder(SlotPool pool, EngineModel model)
    {
        const int small = 128,
            large = 256;
        if (model.FixedSize is not null)
            return null;
        try
        {
            if (
                pool.Use(slot => slot.ProbeSize(small, small)) is not { } less
                || pool.Use(slot => slot.ProbeSize(large, large)) is not { } more
            )
                return null;
            int scale = (more.Height - less.Height) / (large - small),
                loss = scale * small - less.Height;
            return
                less.Height == less.Width
                && more.Height == more.Width
                && loss > 0
                && loss < scale * small
                && scale * large - more.Height == loss
                ? PixelBorder.For(loss, scale)
                : null;
        }
        catch (InvalidOperationException exception) when (exception.InnerException is OnnxRuntimeException)
        {
            return null;
        }
    }

    /// <exception cref="NotSupportedException">No size works, or the output's size is no whole multiple of the
    /// input's.</exception>
    public static (int Multiple, int Scale) Find(SlotPool pool, EngineModel model, int? knownMultiple)
    {
        if (model.FixedSize is { } size)
            return (
                1,
                pool.Use(slot => slot.Probe(size.Height, size.Width))
                    ?? throw new NotSupportedException(
                        $"{model.Name} reads {size} and writes a size that is no whole multiple of it."
                    )
            );
        Exception? last = null;
        foreach (
            var (multiple, side) in knownMultiple is { } known ? [(known, (64 + known - 1) / known * known)] : s_tries
        )
        {
            try
            {
                if (pool.Use(slot => slot.Probe(side, side)) is { } scale)
                    return (multiple, scale);
            }
            catch (InvalidOperationException exception) when (exception.InnerException is OnnxRuntimeException)
            {
                last = exception;
            }
        }
        throw new NotSupportedException(
            (
                knownMultiple is { } wrong
                    ? $"{model.Name} does not translate images whose sides are multiples of "
                        + $"{nameof(TranslationEngineOptions.SizeMultiple)} (--size-multiple) = {wrong}"
                    : $"{model.Name} translated none of the sizes tried, up to 256x256; where it needs others, say "
                        + $"what sides must be a multiple of by {nameof(TranslationEngineOptions.SizeMultiple)} "
                        + $"(--size-multiple)"
            ) + (last is null ? ": its results are no whole multiple of the image's size." : $": {last.Message}"),
            last
        );
    }
}
