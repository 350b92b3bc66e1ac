using System.Runtime.InteropServices;
using SkiaSharp;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Decodes JPEG, PNG, BMP and WebP through SkiaSharp and TIFF through LibTiff.NET, after the size was read from the
/// header and found to be within the limits. Gray, palette and 16-bit images become 8-bit RGB, alpha is composed on
/// white unless it is kept (<see cref="ImageDecoderOptions.KeepAlpha"/>). A PNG of 16 bits a sample whose samples use
/// 12 bits or fewer is stretched where it declares its significant bits (sBIT), and refused otherwise, as a TIFF is,
/// unless <see cref="ImageDecoderOptions.ValueRange"/> says what its samples are.
/// </summary>
public static unsafe partial class ImageDecoder
{
    /// <summary>
    /// The extensions of the formats that are read, lower case with their dot. (.jfif, .jpe and .mpo are JPEG; of the
    /// images in an .mpo file, the first is read.)
    /// </summary>
    public static IReadOnlyList<string> Extensions { get; } =
    [".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".bmp", ".webp", ".tif", ".tiff"];

    /// <summary>Whether the path ends like an image that is read (in any case).</summary>
    public static bool HasImageExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads and decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="FormatException">Not an image, damaged, cut short, or larger than allowed; the message names
    /// the file.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static RgbImage Decode(string path, ImageDecoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Decode(ImageBytes.Read(path, options ?? ImageDecoderOptions.Default), path, options);
    }

    /// <summary>Decodes a file in memory.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="FormatException">Not an image, damaged, cut short, or larger than allowed.</exception>
    public static RgbImage Decode(byte[] file, string name, ImageDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= ImageDecoderOptions.Default;
        if (TiffDirectory.IsTiff(file))
            return DecodeTiff(file, name, options);
        fixed (byte* bytes = file)
        {
            using var codec = SkiaCodec.Open(bytes, file.Length, name);
            Check(codec.Header, name, options);
            if (!codec.IsComplete)
                throw CutShort(codec.Header, name);
            var image =
                codec.Header.BitsPerSample == 16 && options.ValueRange is not null
                    ? WidePng
                        .Read(file, codec.Header, name, layout => new SampleRows(layout, options.ValueRange))
                        .ToImage(options.KeepAlpha)
                    : DecodeStored(codec, name, options.KeepAlpha);
            if (codec.Header.BitsPerSample == 16 && options.ValueRange is null)
                image = WidePng.Stretch(file, image, name);
            return options.ApplyOrientation ? Upright(image, codec.Header.Orientation) : image;
        }
    }

    /// <summary>The limits that <see cref="Decode(byte[], string, ImageDecoderOptions?)"/> checks before
    /// decoding.</summary>
    /// <exception cref="FormatException">Larger than allowed.</exception>
    public static void Check(ImageHeader header, string name, ImageDecoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var size = $"{header.StoredWidth}x{header.StoredHeight}";
        if (Math.Max(header.StoredWidth, header.StoredHeight) > options.MaxSide)
            throw new FormatException(
                $"Image '{name}' is {size}; sides of at most {options.MaxSide} pixels are allowed."
            );
        // Skia counts the bytes of an image, 4 a pixel, in 32 bits.
        long pixels = (long)header.StoredWidth * header.StoredHeight,
            most = Math.Min(options.MaxPixels, int.MaxValue / 4);
        if (pixels > most)
            throw new FormatException($"Image '{name}' is {size}, {pixels} pixels; at most {most} are allowed.");
    }

    private static RgbImage DecodeTiff(byte[] file, string name, ImageDecoderOptions options)
    {
        var header = TiffDirectory.Read(file, name).Header;
        Check(header, name, options);
        var image = TiffReader.Decode(file, header, name, options);
        return options.ApplyOrientation ? Upright(image, header.Orientation) : image;
    }

    private static RgbImage Upright(RgbImage image, ExifOrientation orientation)
    {
        var upright = ImageGeometry.Orient(image, orientation);
        return image.Alpha is null || ReferenceEquals(upright, image)
            ? upright
            : upright.WithAlpha(AlphaPlane.Change(image, plane => ImageGeometry.Orient(plane, orientation)));
    }

    private static RgbImage DecodeStored(SkiaCodec codec, string name, bool keepAlpha)
    {
        var header = codec.Header;
        int length = header.StoredWidth * header.StoredHeight * 4;
        // Not on the managed heap: it is large, and gone in a moment.
        byte* pixels = (byte*)NativeMemory.Alloc((nuint)length);
        try
        {
            var result = codec.Decode(pixels, keepAlpha ? SKAlphaType.Unpremul : SKAlphaType.Premul);
            if (result == SKCodecResult.IncompleteInput)
                throw CutShort(header, name);
            if (result != SKCodecResult.Success)
                throw new FormatException(
                    $"Image '{name}' cannot be decoded: the {header.Format} file is damaged or of an unsupported kind."
                );
            var stored = new ReadOnlySpan<byte>(pixels, length);
            if (keepAlpha && !Bgra32.IsOpaque(stored))
                return AlphaPlane.Split(stored, header.StoredWidth, header.StoredHeight);
            var image = RgbImage.Uninitialized(header.StoredWidth, header.StoredHeight);
            Bgra32.ToRgb(stored, image.Pixels);
            return image;
        }
        finally
        {
            NativeMemory.Free(pixels);
        }
    }

    private static FormatException CutShort(ImageHeader header, string name) =>
        new($"Image '{name}' is cut short: the {header.Format} file ends before its image does.");

    /// <summary>
    /// The paths of all images of a folder and its sub-folders, by their extensions, in the ordinal order of their
    /// paths below the folder, which is the same on every machine (data/image_folder.py of the reference implementation,
    /// <c>make_dataset</c>). Hidden files and folders and linked folders are left out.
    /// </summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="recursive">Whether sub-folders are listed too.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static IReadOnlyList<string> ListFiles(string folder, bool recursive = true) =>
        ImageListing.Of(folder, recursive).RequireImages().Files;

    /// <summary>As <see cref="ListFiles"/>, with an empty list for a folder without images.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> ListFilesOrEmpty(string folder, bool recursive = true) =>
        ImageListing.Of(folder, recursive).Files;

    /// <summary>Whether the folder is there and holds an image.</summary>
    public static bool HasFiles(string folder, bool recursive = true) =>
        Directory.Exists(folder) && ListFilesOrEmpty(folder, recursive).Count > 0;
}
