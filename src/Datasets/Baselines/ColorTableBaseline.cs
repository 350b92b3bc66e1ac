using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// The best that colour alone can do: each source colour (16 levels a channel) has the median colour that lies under it
/// in the targets, and the result is smoothed with the Gaussian that fits the training pairs best.
/// </summary>
internal sealed class ColorTableBaseline : TranslationBaseline
{
    private const int Bits = 4,
        CoarseBits = 2;
    private static readonly double[] Sigmas = [0, 0.5, 1, 1.5, 2, 3, 4];

    private readonly (byte R, byte G, byte B)[] _table;

    private ColorTableBaseline((byte R, byte G, byte B)[] table, double sigma)
        : base("colour table + blur")
    {
        _table = table;
        Sigma = sigma;
    }

    /// <summary>Standard deviation of the smoothing, in pixels.</summary>
    public double Sigma { get; }

    /// <summary>Fits table and smoothing to pairs. The smoothing is chosen by L1 on up to 40 of them.</summary>
    /// <exception cref="ArgumentException">No pairs, or a pair of two sizes.</exception>
    public static ColorTableBaseline Fit(IReadOnlyList<(RgbImage Source, RgbImage Target)> pairs)
    {
        CheckPairs(pairs);
        LevelCounts fine = new(1 << 3 * Bits),
            coarse = new(1 << 3 * CoarseBits),
            all = new(1);
        foreach (var (source, target) in pairs)
        {
            for (var i = 0; i < source.Pixels.Length; i += 3)
            {
                ReadOnlySpan<byte> from = source.Pixels.AsSpan(i, 3),
                    to = target.Pixels.AsSpan(i, 3);
                fine.Add(Bin(from, Bits), to);
                coarse.Add(Bin(from, CoarseBits), to);
                all.Add(0, to);
            }
        }
        var table = new (byte R, byte G, byte B)[1 << 3 * Bits];
        for (var bin = 0; bin < table.Length; bin++)
            table[bin] = fine.Median(bin) ?? coarse.Median(Coarser(bin)) ?? all.Median(0)!.Value;

        var step = Math.Max(1, pairs.Count / 40);
        var sample = pairs.Where((_, i) => i % step == 0).Select(p => (Raw: Look(p.Source, table), p.Target)).ToArray();
        var sigma = Sigmas.MinBy(s =>
            sample.Sum(p => ImageScores.MeanAbsoluteError(GaussianBlur.Apply(p.Raw, s), p.Target))
        );
        return new ColorTableBaseline(table, sigma);
    }

    /// <inheritdoc/>
    public override RgbImage Translate(RgbImage source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return GaussianBlur.Apply(Look(source, _table), Sigma);
    }

    private static RgbImage Look(RgbImage source, (byte R, byte G, byte B)[] table)
    {
        var result = RgbImage.Uninitialized(source.Width, source.Height);
        for (var i = 0; i < source.Pixels.Length; i += 3)
            (result.Pixels[i], result.Pixels[i + 1], result.Pixels[i + 2]) = table[
                Bin(source.Pixels.AsSpan(i, 3), Bits)
            ];
        return result;
    }

    private static int Bin(ReadOnlySpan<byte> rgb, int bits) =>
        (rgb[0] >> 8 - bits) << 2 * bits | (rgb[1] >> 8 - bits) << bits | rgb[2] >> 8 - bits;

    private static int Coarser(int bin)
    {
        const int mask = (1 << Bits) - 1,
            drop = Bits - CoarseBits;
        return (bin >> 2 * Bits) >> drop << 2 * CoarseBits
            | ((bin >> Bits & mask) >> drop) << CoarseBits
            | (bin & mask) >> drop;
    }
}
