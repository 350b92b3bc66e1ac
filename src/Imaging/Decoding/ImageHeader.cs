namespace MlNetImageTranslation.Imaging;

/// <summary>What an image file says about itself, read from its structure before anything is decoded.</summary>
public readonly record struct ImageHeader
{
    internal ImageHeader(ImageFileFormat format, int storedWidth, int storedHeight, ExifOrientation orientation)
    {
        Format = format;
        StoredWidth = storedWidth;
        StoredHeight = storedHeight;
        Orientation = orientation;
    }

    /// <summary>Told by the first bytes, never by the extension.</summary>
    public ImageFileFormat Format { get; }

    /// <summary>Columns as stored, before the orientation is applied.</summary>
    public int StoredWidth { get; }

    /// <summary>Rows as stored, before the orientation is applied.</summary>
    public int StoredHeight { get; }

    /// <summary>What Exif, or else XMP, says.</summary>
    internal ExifOrientation Orientation { get; }

    /// <summary>Bits of a sample: 16 for a PNG or TIFF of 16 bits, else 8.</summary>
    public int BitsPerSample { get; init; } = 8;

    /// <summary>Whether the file is a TIFF with more images after the first, which is the one that is read.</summary>
    public bool HasMorePages { get; init; }

    /// <summary>Columns of the upright image.</summary>
    public int Width => Orientation >= ExifOrientation.Transpose ? StoredHeight : StoredWidth;

    /// <summary>Rows of the upright image.</summary>
    public int Height => Orientation >= ExifOrientation.Transpose ? StoredWidth : StoredHeight;

    /// <summary>Reads the header of a whole file in memory; nothing is decoded.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">Names the file in messages.</param>
    /// <exception cref="FormatException">No JPEG, PNG, BMP, WebP or TIFF, or a header that is damaged or of an
    /// unsupported kind.</exception>
    public static unsafe ImageHeader Read(ReadOnlySpan<byte> file, string name)
    {
        if (TiffDirectory.IsTiff(file))
            return TiffDirectory.Read(file, name).Header;
        fixed (byte* bytes = file)
        {
            using var codec = SkiaCodec.Open(bytes, file.Length, name);
            return codec.Header;
        }
    }

    /// <summary>Reads the header of a file on disk.</summary>
    /// <exception cref="FormatException">No image of a supported kind.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageHeader Read(string path) => Read(ImageBytes.Read(path, ImageDecoderOptions.Default), path);
}
