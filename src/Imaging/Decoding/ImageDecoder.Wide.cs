namespace MlNetImageTranslation.Imaging;

public static unsafe partial class ImageDecoder
{
    /// <summary>Reads a file with all bits of its samples.</summary>
    /// <inheritdoc cref="DecodeWide(byte[], string, ImageDecoderOptions?)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static RgbImage16 DecodeWide(string path, ImageDecoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DecodeWide(ImageBytes.Read(path, options ?? ImageDecoderOptions.Default), path, options);
    }

    /// <summary>Decodes a file in memory with all bits of its samples.</summary>
    /// <remarks>
    /// Samples of a PNG or TIFF of 16 bits are scaled so that <see cref="ImageDecoderOptions.ValueRange"/> becomes 0 to
    /// 65535. Files of 8 bits are decoded as by <see cref="Decode(byte[], string, ImageDecoderOptions?)"/>, and their
    /// levels scaled. What is transparent is composed on white; <see cref="ImageDecoderOptions.KeepAlpha"/> does not
    /// count.
    /// </remarks>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="FormatException">Not an image, damaged, cut short, or larger than allowed; an interlaced PNG of
    /// 16 bits; or samples of 16 bits that use 12 bits or fewer, without a range.</exception>
    public static RgbImage16 DecodeWide(byte[] file, string name, ImageDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= ImageDecoderOptions.Default;
        var header = ImageHeader.Read(file, name);
        Check(header, name, options);
        if (header.BitsPerSample != 16)
            return RgbImage16.FromRgb(Decode(file, name, options with { KeepAlpha = false }));
        var rows =
            header.Format == ImageFileFormat.Tiff
                ? TiffReader.Read(file, header, name, Rows)
                : WidePng.Read(file, header, name, Rows);
        if (options.ValueRange is null && WidePng.UsesFew(rows.Largest))
            throw new FormatException(
                $"Image '{name}' has 16 bits a sample, but uses none over {rows.Largest} of the 65536 levels; it would be "
                    + $"nearly black. Expected samples that use the range, or {nameof(ImageDecoderOptions.ValueRange)}."
            );
        var image = rows.ToImage();
        return options.ApplyOrientation && header.Orientation != ExifOrientation.Normal
            ? image.Move(half => ImageGeometry.Orient(half, header.Orientation))
            : image;

        WideSampleRows Rows(SampleLayout layout) => new(layout, options.ValueRange);
    }
}
