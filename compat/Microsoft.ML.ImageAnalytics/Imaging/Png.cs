using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Compat.Imaging;

/// <summary>
/// PNG through libpng's simplified API, which reports errors by return value: no longjmp crosses managed frames.
/// 16 bits become 8 by rounding (v * 255 / 65535), as in Skia; Pillow cuts instead, at most one level apart.
/// </summary>
internal static unsafe partial class Png
{
    private const string Library = "libpng16.so.16";
    private const uint FormatRgba = 0x03, FormatBgra = 0x13; // PNG_FORMAT_FLAG_ALPHA | COLOR (| BGR)
    private const uint SixteenBitIsSrgb = 4; // PNG_IMAGE_FLAG_16BIT_sRGB: samples are not linear light

    public static MLImage Decode(ReadOnlySpan<byte> file)
    {
        var essential = WithoutColorChunks(file);
        var image = new PngImage { Version = 1 };
        fixed (byte* data = essential)
        {
            if (png_image_begin_read_from_memory(&image, data, (nuint)essential.Length) == 0) return null;
            image.Format = FormatBgra;
            image.Flags |= SixteenBitIsSrgb;
            if ((long)image.Width * image.Height > Array.MaxLength / 4)
            {
                png_image_free(&image);
                return null;
            }
            var pixels = GC.AllocateUninitializedArray<byte>((int)(image.Width * image.Height * 4));
            fixed (byte* target = pixels)
                if (png_image_finish_read(&image, null, target, 0, null) == 0) return null;
            Alpha.Premultiply(pixels);
            return new MLImage((int)image.Width, (int)image.Height, MLPixelFormat.Bgra32, pixels);
        }
    }

    public static byte[] Encode(int width, int height, MLPixelFormat format, byte[] straight)
    {
        var image = new PngImage { Version = 1, Width = (uint)width, Height = (uint)height, Format = format == MLPixelFormat.Bgra32 ? FormatBgra : FormatRgba };
        // Deflate can grow what it cannot shrink, by far less than this; asking for the size first would encode twice.
        var buffer = new byte[straight.Length + straight.Length / 8 + height * 16 + 4096];
        var size = (nuint)buffer.Length;
        fixed (byte* source = straight)
        fixed (byte* target = buffer)
        {
            if (png_image_write_to_memory(&image, target, &size, 0, source, 0, null) == 0)
                throw new ArgumentException("Saving image failed: libpng could not encode it.", "imagePath");
        }
        return buffer.AsSpan(0, (int)size).ToArray();
    }

    // The simplified API would apply gAMA, cHRM, sRGB and iCCP; SKBitmap.Decode applies none of them. So libpng gets the pixels' chunks only.
    private static byte[] WithoutColorChunks(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..8]);
        var position = 8;
        while (position + 12 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            var end = Math.Min(position + 12L + length, file.Length);
            var type = file.Slice(position + 4, 4);
            if (type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8))
                kept.Write(file[position..(int)end]);
            position = (int)end;
        }
        return kept.ToArray();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PngImage
    {
        public nint Opaque;
        public uint Version, Width, Height, Format, Flags, ColormapEntries, WarningOrError;
        public fixed byte Message[64];
    }

    [LibraryImport(Library)] private static partial int png_image_begin_read_from_memory(PngImage* image, byte* memory, nuint size);
    [LibraryImport(Library)] private static partial int png_image_finish_read(PngImage* image, void* background, byte* buffer, int rowStride, void* colormap);
    [LibraryImport(Library)] private static partial void png_image_free(PngImage* image);
    [LibraryImport(Library)] private static partial int png_image_write_to_memory(PngImage* image, byte* memory, nuint* size, int convertTo8Bit, byte* buffer, int rowStride, void* colormap);
}
