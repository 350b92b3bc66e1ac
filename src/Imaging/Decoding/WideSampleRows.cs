namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Makes an image of 16-bit samples of the samples of a file; what is transparent is composed on white.
/// </summary>
internal sealed class WideSampleRows : ISampleRows
{
    private readonly SampleLayout _layout;
    private readonly ushort[] _levels;
    private readonly ushort[] _pixels;

    /// <param name="layout">How the samples lie.</param>
    /// <param name="range">The samples that are black and white; null means 0 and 65535.</param>
    public WideSampleRows(SampleLayout layout, (int Black, int White)? range)
    {
        _layout = layout;
        _levels = Levels(range ?? (0, RgbImage16.White));
        _pixels = new ushort[checked(layout.Width * layout.Height * 3)];
    }

    /// <summary>The largest colour sample so far.</summary>
    public int Largest { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: files of 8 bits are read as such.</exception>
    public void Add(ReadOnlySpan<byte> samples, int x, int y) =>
        throw new NotSupportedException("Expected samples of 16 bits.");

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<ushort> samples, int x, int y)
    {
        var (stride, colors) = (_layout.Stride, _layout.Colors);
        var row = _pixels.AsSpan((y * _layout.Width + x) * 3);
        for (int from = 0, to = 0; from + stride <= samples.Length; from += stride, to += 3)
        {
            int alpha = _layout.HasAlpha ? samples[from + colors] : RgbImage16.White;
            for (int c = 0; c < 3; c++)
            {
                ushort sample = samples[from + (colors == 1 ? 0 : c)];
                Largest = Math.Max(Largest, sample);
                int level = _layout.IsInverted ? RgbImage16.White - _levels[sample] : _levels[sample];
                row[to + c] = OnWhite(level, alpha);
            }
        }
    }

    /// <summary>The image.</summary>
    public RgbImage16 ToImage() => new(_layout.Width, _layout.Height, _pixels);

    private ushort OnWhite(int level, int alpha)
    {
        const int white = RgbImage16.White;
        long color = _layout.IsMultiplied ? level : ((long)level * alpha + white / 2) / white;
        return (ushort)Math.Min(white, color + white - alpha);
    }

    private static ushort[] Levels((int Black, int White) range)
    {
        var levels = new ushort[1 << 16];
        double scale = (double)RgbImage16.White / (range.White - range.Black);
        for (int sample = 0; sample < levels.Length; sample++)
            levels[sample] = (ushort)Math.Clamp(Math.Round((sample - range.Black) * scale), 0, RgbImage16.White);
        return levels;
    }
}
