using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Decodes the first image of a TIFF file: gray or RGB, 8 or 16 bits a sample, with or without alpha, in strips or
/// tiles.
/// </summary>
internal sealed class TiffReader
{
    private readonly Tiff _file;
    private readonly TiffMessages _messages;
    private readonly ImageHeader _header;
    private readonly string _name;

    private TiffReader(Tiff file, TiffMessages messages, ImageHeader header, string name) =>
        (_file, _messages, _header, _name) = (file, messages, header, name);

    /// <summary>Decodes an image whose size is within the limits; it is not yet turned upright.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="options">What becomes of 16 bits and alpha.</param>
    /// <exception cref="FormatException">Damaged, cut short, or of another kind.</exception>
    public static RgbImage Decode(byte[] file, ImageHeader header, string name, ImageDecoderOptions options)
    {
        var rows = Read(file, header, name, layout => new SampleRows(layout, options.ValueRange));
        if (header.BitsPerSample == 16 && options.ValueRange is null)
            WidePng.CheckUse(rows.Largest, name);
        return rows.ToImage(options.KeepAlpha);
    }

    /// <summary>Reads the samples of an image whose size is within the limits.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="make">Makes what takes the samples.</param>
    /// <exception cref="FormatException">Damaged, cut short, or of another kind.</exception>
    public static T Read<T>(byte[] file, ImageHeader header, string name, Func<SampleLayout, T> make)
        where T : ISampleRows
    {
        var messages = new TiffMessages();
        try
        {
            using var tiff =
                messages.Open(new MemoryStream(file, writable: false), "r")
                ?? throw new FormatException($"Image '{name}' cannot be read: {messages.Error}");
            return new TiffReader(tiff, messages, header, name).Read(make);
        }
        catch (Exception exception)
            when (exception
                    is IndexOutOfRangeException
                        or ArgumentException
                        or InvalidOperationException
                        or NullReferenceException
                        or OverflowException
                        or DivideByZeroException
                        or InvalidCastException
                        or IOException
            )
        {
            // LibTiff trusts what it reads in more places than one.
            throw new FormatException($"Image '{name}' cannot be decoded: the TIFF file is damaged.", exception);
        }
    }

    private T Read<T>(Func<SampleLayout, T> make)
        where T : ISampleRows
    {
        int samples = Field(TiffTag.SAMPLESPERPIXEL, 1),
            bits = Field(TiffTag.BITSPERSAMPLE, 1);
        var photometric = (Photometric)Field(TiffTag.PHOTOMETRIC, -1);
        int colors = photometric == Photometric.RGB ? 3 : 1;
        if (photometric is not (Photometric.RGB or Photometric.MINISBLACK or Photometric.MINISWHITE))
            throw Unsupported($"colours of the kind {photometric}");
        if (bits is not (8 or 16))
            throw Unsupported($"{bits} bits a sample");
        if (Field(TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT) != (int)SampleFormat.UINT)
            throw Unsupported("samples that are no unsigned numbers");
        if (samples > 1 && Field(TiffTag.PLANARCONFIG, (int)PlanarConfig.CONTIG) != (int)PlanarConfig.CONTIG)
            throw Unsupported("colours in separate planes");
        if (samples < colors || samples > 16)
            throw Unsupported($"{samples} samples a pixel");
        var compression = (Compression)Field(TiffTag.COMPRESSION, (int)Compression.NONE);
        if (
            compression
            is not (
                Compression.NONE
                or Compression.LZW
                or Compression.DEFLATE
                or Compression.ADOBE_DEFLATE
                or Compression.PACKBITS
            )
        )
            throw Unsupported($"{compression} compression");
        var extra = samples > colors ? FirstExtra() : ExtraSample.UNSPECIFIED;
        var rows = make(
            new(
                _header.StoredWidth,
                _header.StoredHeight,
                samples,
                colors,
                HasAlpha: extra != ExtraSample.UNSPECIFIED,
                IsInverted: photometric == Photometric.MINISWHITE,
                IsMultiplied: extra == ExtraSample.ASSOCALPHA
            )
        );
        if (_file.IsTiled())
            ReadTiles(rows, samples, bits);
        else
            ReadStrips(rows, bits);
        return rows;
    }

    private void ReadStrips(ISampleRows rows, int bits)
    {
        var row = new byte[_file.ScanlineSize()];
        for (int y = 0; y < _header.StoredHeight; y++)
        {
            if (!_file.ReadScanline(row, y))
                throw Damaged();
            Add(rows, row, bits, 0, y);
        }
    }

    private void ReadTiles(ISampleRows rows, int samples, int bits)
    {
        int width = Field(TiffTag.TILEWIDTH, 0),
            height = Field(TiffTag.TILELENGTH, 0),
            pixel = samples * bits / 8;
        if (width < 1 || height < 1)
            throw Damaged();
        var tile = new byte[_file.TileSize()];
        for (int top = 0; top < _header.StoredHeight; top += height)
        for (int left = 0; left < _header.StoredWidth; left += width)
        {
            if (_file.ReadTile(tile, 0, left, top, 0, 0) < 0)
                throw Damaged();
            int columns = Math.Min(width, _header.StoredWidth - left);
            for (int y = 0; y < Math.Min(height, _header.StoredHeight - top); y++)
                Add(rows, tile.AsSpan(y * width * pixel, columns * pixel), bits, left, top + y);
        }
    }

    private static void Add(ISampleRows rows, ReadOnlySpan<byte> samples, int bits, int x, int y)
    {
        if (bits == 16)
            rows.Add(MemoryMarshal.Cast<byte, ushort>(samples), x, y);
        else
            rows.Add(samples, x, y);
    }

    private int Field(TiffTag tag, int missing) =>
        _file.GetFieldDefaulted(tag) is { Length: > 0 } values ? values[0].ToInt() : missing;

    private ExtraSample FirstExtra() =>
        _file.GetFieldDefaulted(TiffTag.EXTRASAMPLES) is { Length: > 1 } values
        && values[1].ToShortArray() is { Length: > 0 } kinds
            ? (ExtraSample)kinds[0]
            : ExtraSample.UNSPECIFIED;

    private FormatException Damaged() =>
        new(
            $"Image '{_name}' cannot be decoded: the TIFF file is damaged or cut short"
                + $"{(_messages.Error is { } error ? $" ({error})" : "")}."
        );

    private FormatException Unsupported(string what) =>
        new(
            $"Image '{_name}' is a TIFF file with {what}; expected gray or RGB of 8 or 16 bits, not compressed or by LZW, "
                + "Deflate or PackBits."
        );
}
