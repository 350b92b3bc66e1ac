using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Returns one colour for everything: the median of each channel of the targets, which has the least L1.
/// </summary>
internal sealed class ConstantColorBaseline : TranslationBaseline
{
    private ConstantColorBaseline((byte R, byte G, byte B) color)
        : base("constant colour") => Color = color;

    /// <summary>The colour.</summary>
    public (byte R, byte G, byte B) Color { get; }

    /// <summary>Fits the colour.</summary>
    /// <exception cref="ArgumentException">No pairs, or a pair of two sizes.</exception>
    public static ConstantColorBaseline Fit(IReadOnlyList<(RgbImage Source, RgbImage Target)> pairs)
    {
        CheckPairs(pairs);
        var counts = new LevelCounts(1);
        foreach (var (_, target) in pairs)
            for (var i = 0; i < target.Pixels.Length; i += 3)
                counts.Add(0, target.Pixels.AsSpan(i, 3));
        return new ConstantColorBaseline(counts.Median(0)!.Value);
    }

    /// <inheritdoc/>
    public override RgbImage Translate(RgbImage source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return RgbImage.Filled(source.Width, source.Height, Color.R, Color.G, Color.B);
    }
}
