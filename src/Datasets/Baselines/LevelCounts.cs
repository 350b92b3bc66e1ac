namespace MlNetImageTranslation.Datasets;

/// <summary>For each of several bins, how often each level of each channel came.</summary>
internal sealed class LevelCounts(int bins)
{
    private readonly int[] _counts = new int[bins * 768];

    public void Add(int bin, ReadOnlySpan<byte> rgb)
    {
        var at = bin * 768;
        _counts[at + rgb[0]]++;
        _counts[at + 256 + rgb[1]]++;
        _counts[at + 512 + rgb[2]]++;
    }

    /// <summary>The median of each channel, or null for an empty bin.</summary>
    public (byte R, byte G, byte B)? Median(int bin)
    {
        var total = 0L;
        for (var level = 0; level < 256; level++)
            total += _counts[bin * 768 + level];
        return total == 0 ? null : (Median(bin, 0, total), Median(bin, 1, total), Median(bin, 2, total));
    }

    private byte Median(int bin, int channel, long total)
    {
        var level = -1;
        for (var below = 0L; 2 * below < total; below += _counts[bin * 768 + channel * 256 + level])
            level++;
        return (byte)level;
    }
}
