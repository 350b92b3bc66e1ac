namespace MlNetImageTranslation.Imaging;

/// <summary>Makes an image of the samples of a file: gray or RGB, of 8 or 16 bits, with or without alpha.</summary>
internal sealed class SampleRows : ISampleRows
{
    private readonly SampleLayout _layout;
    private readonly byte[] _levels;
    private readonly byte[] _pixels;

    /// <param name="layout">How the samples lie.</param>
    /// <param name="range">The samples of 16 bits that are black and white; null means 0 and 65535, and keeps the upper
    /// 8 bits.</param>
    public SampleRows(SampleLayout layout, (int Black, int White)? range)
    {
        _layout = layout;
        _levels = Levels(range);
        _pixels = new byte[checked(layout.Width * layout.Height * 4)];
    }

    /// <summary>The largest colour sample of 16 bits so far.</summary>
    public int Largest { get; private set; }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> samples, int x, int y)
    {
        var row = _pixels.AsSpan((y * _layout.Width + x) * 4);
        for (int from = 0, to = 0; from + _layout.Stride <= samples.Length; from += _layout.Stride, to += 4)
        {
            for (int c = 0; c < 3; c++)
            {
                byte level = samples[from + (_layout.Colors == 1 ? 0 : c)];
                row[to + c] = _layout.IsInverted ? (byte)(255 - level) : level;
            }
            row[to + 3] = _layout.HasAlpha ? samples[from + _layout.Colors] : (byte)255;
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<ushort> samples, int x, int y)
    {
        var row = _pixels.AsSpan((y * _layout.Width + x) * 4);
        for (int from = 0, to = 0; from + _layout.Stride <= samples.Length; from += _layout.Stride, to += 4)
        {
            for (int c = 0; c < 3; c++)
            {
                ushort sample = samples[from + (_layout.Colors == 1 ? 0 : c)];
                Largest = Math.Max(Largest, sample);
                row[to + c] = _layout.IsInverted ? (byte)(255 - _levels[sample]) : _levels[sample];
            }
            row[to + 3] = _layout.HasAlpha ? (byte)(samples[from + _layout.Colors] >> 8) : (byte)255;
        }
    }

    /// <summary>The image, composed on white unless alpha is kept.</summary>
    /// <param name="keepAlpha">See <see cref="ImageDecoderOptions.KeepAlpha"/>.</param>
    public RgbImage ToImage(bool keepAlpha)
    {
        if (keepAlpha && !Bgra32.IsOpaque(_pixels))
            return AlphaPlane.Split(_pixels, _layout.Width, _layout.Height, redFirst: true, _layout.IsMultiplied);
        if (!_layout.IsMultiplied && _layout.HasAlpha)
            AlphaPlane.Multiply(_pixels);
        var image = RgbImage.Uninitialized(_layout.Width, _layout.Height);
        Bgra32.ToRgb(_pixels, image.Pixels, redFirst: true);
        return image;
    }

    private static byte[] Levels((int Black, int White)? range)
    {
        var levels = new byte[1 << 16];
        for (int sample = 0; sample < levels.Length; sample++)
            levels[sample] = range is var (black, white)
                ? (byte)Math.Clamp(Math.Round((sample - black) * 255.0 / (white - black)), 0, 255)
                : (byte)(sample >> 8);
        return levels;
    }
}
