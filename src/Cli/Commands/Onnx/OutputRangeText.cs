using System.Globalization;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>Whether a model's output fits the range that is assumed for it, in words.</summary>
internal static class OutputRangeText
{
    private const int UsualSide = 64;

    // Networks overshoot a little; what was assumed wrongly is off by far more.
    private const double MostOvershoot = 0.25,
        LeastUse = 0.02;

    /// <summary>
    /// What the model gives for images made for it; nothing for models that say their range themselves.
    /// </summary>
    public static IEnumerable<string> Lines(TranslationEngine engine)
    {
        if (
            engine.Card is { Interface: not null }
            || engine.ObserveOutput(Images(engine)) is not var (raw, activated, assumed)
        )
            yield break;
        yield return Text($"test images give values from {raw.Minimum:0.###} to {raw.Maximum:0.###}")
            + (
                activated == raw
                    ? ""
                    : Text($", {activated.Minimum:0.###} to {activated.Maximum:0.###} after the activation")
            );
        if (Problem(activated, assumed) is { } problem)
            yield return "warning: " + problem;
    }

    private static string? Problem((float Minimum, float Maximum) range, (float Black, float White) assumption)
    {
        double span = assumption.White - assumption.Black,
            middle = assumption.Black + span / 2,
            overshoot = Math.Max(assumption.Black - range.Minimum, range.Maximum - assumption.White) / span;
        string assumed = Text($"black {assumption.Black:0.###} and white {assumption.White:0.###} are assumed");
        if (overshoot > MostOvershoot)
            return $"{assumed}, so that much is cut off; say --output-range, or --output-activation where these are "
                + "logits";
        if ((range.Maximum - range.Minimum) / span < LeastUse)
            return $"{assumed}, so that results have hardly any contrast; say --output-range";
        return assumption.Black < 0 && range.Minimum > middle - LeastUse * span
            ? $"{assumed}, so that no result is darker than gray; say --output-range"
            : null;
    }

    private static RgbImage[] Images(TranslationEngine engine)
    {
        var size = engine.FixedSize ?? new ImageSize(engine.FixedWidth ?? UsualSide, engine.FixedHeight ?? UsualSide);
        var noise = new RgbImage(size.Width, size.Height);
        new Random(1).NextBytes(noise.Pixels);
        var slope = new RgbImage(size.Width, size.Height);
        for (int y = 0; y < size.Height; y++)
        for (int x = 0; x < size.Width; x++)
            slope[x, y] = (
                (byte)(x * 255 / size.Width),
                (byte)(y * 255 / size.Height),
                (byte)(255 - x * 255 / size.Width)
            );
        return
        [
            RgbImage.Filled(size.Width, size.Height, 0, 0, 0),
            RgbImage.Filled(size.Width, size.Height, 255, 255, 255),
            slope,
            noise,
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
