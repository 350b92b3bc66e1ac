namespace MlNetImageTranslation.Imaging;

/// <summary>Makes an image of the samples of a file: gray or RGB, of 8 or 16 bits, with or without alpha.</summary>
internal sealed class SampleRows
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _stride;
    private readonly int _colors;
    private readonly bool _hasAlpha;
    private readonly bool _isInverted;
    private readonly byte[] _levels;
    private readonly byte[] _pixels;

    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Samples of a pixel: one or three colours, alpha where there is some, and what is left
    /// out.</param>
    /// <param name="colors">1 or 3.</param>
    /// <param name="hasAlpha">Whether alpha comes after the colours.</param>
    /// <param name="range">The samples of 16 bits that are black and white; null means 0 and 65535, and keeps the upper
    /// 8 bits.</param>
    /// <param name="isInverted">Whether 0 is white.</param>
    public SampleRows(
        int width,
        int height,
        int stride,
        int colors,
        bool hasAlpha,
        (int Black, int White)? range,
        bool isInverted = false
    )
    {
        (_width, _height, _stride, _colors) = (width, height, stride, colors);
        (_hasAlpha, _isInverted) = (hasAlpha, isInverted);
        _levels = Levels(range);
        _pixels = new byte[checked(width * height * 4)];
    }

    /// <summary>The largest colour sample of 16 bits so far.</summary>
    public int Largest { get; private set; }

    /// <summary>Puts pixels of 8 bits a sample into a row.</summary>
    public void Add(ReadOnlySpan<byte> samples, int x, int y)
    {
        var row = _pixels.AsSpan((y * _width + x) * 4);
        for (int from = 0, to = 0; from + _stride <= samples.Length; from += _stride, to += 4)
        {
            for (int c = 0; c < 3; c++)
            {
                byte level = samples[from + (_colors == 1 ? 0 : c)];
                row[to + c] = _isInverted ? (byte)(255 - level) : level;
            }
            row[to + 3] = _hasAlpha ? samples[from + _colors] : (byte)255;
        }
    }

    /// <summary>Puts pixels of 16 bits a sample into a row.</summary>
    public void Add(ReadOnlySpan<ushort> samples, int x, int y)
    {
        var row = _pixels.AsSpan((y * _width + x) * 4);
        for (int from = 0, to = 0; from + _stride <= samples.Length; from += _stride, to += 4)
        {
            for (int c = 0; c < 3; c++)
            {
                ushort sample = samples[from + (_colors == 1 ? 0 : c)];
                Largest = Math.Max(Largest, sample);
                row[to + c] = _isInverted ? (byte)(255 - _levels[sample]) : _levels[sample];
            }
            row[to + 3] = _hasAlpha ? (byte)(samples[from + _colors] >> 8) : (byte)255;
        }
    }

    /// <summary>The image, composed on white unless alpha is kept.</summary>
    /// <param name="keepAlpha">See <see cref="ImageDecoderOptions.KeepAlpha"/>.</param>
    /// <param name="multiplied">Whether colours are multiplied by alpha.</param>
    public RgbImage ToImage(bool keepAlpha, bool multiplied = false)
    {
        if (keepAlpha && !Bgra32.IsOpaque(_pixels))
            return AlphaPlane.Split(_pixels, _width, _height, redFirst: true, multiplied);
        if (!multiplied && _hasAlpha)
            AlphaPlane.Multiply(_pixels);
        var image = RgbImage.Uninitialized(_width, _height);
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
