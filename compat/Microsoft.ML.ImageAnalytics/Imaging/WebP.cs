using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Compat.Imaging;

/// <summary>WebP (still pictures) through libwebp.</summary>
internal static unsafe partial class WebP
{
    private const string Library = "libwebp.so.7";

    public static MLImage Decode(ReadOnlySpan<byte> file)
    {
        fixed (byte* data = file)
        {
            if (WebPGetInfo(data, (nuint)file.Length, out var width, out var height) == 0) return null;
            var pixels = GC.AllocateUninitializedArray<byte>(width * height * 4);
            fixed (byte* target = pixels)
                if (WebPDecodeBGRAInto(data, (nuint)file.Length, target, (nuint)pixels.Length, width * 4) == null) return null;
            Alpha.Premultiply(pixels);
            return new MLImage(width, height, MLPixelFormat.Bgra32, pixels);
        }
    }

    public static byte[] Encode(int width, int height, MLPixelFormat format, byte[] straight)
    {
        byte* encoded = null;
        fixed (byte* source = straight)
        {
            var size = format == MLPixelFormat.Bgra32
                ? WebPEncodeLosslessBGRA(source, width, height, width * 4, &encoded)
                : WebPEncodeLosslessRGBA(source, width, height, width * 4, &encoded);
            if (size == 0) throw new ArgumentException("Saving image failed: libwebp could not encode it (sides are limited to 16383).", "imagePath");
            try
            {
                return new ReadOnlySpan<byte>(encoded, (int)size).ToArray();
            }
            finally
            {
                WebPFree(encoded);
            }
        }
    }

    [LibraryImport(Library)] private static partial int WebPGetInfo(byte* data, nuint size, out int width, out int height);
    [LibraryImport(Library)] private static partial byte* WebPDecodeBGRAInto(byte* data, nuint size, byte* target, nuint targetSize, int stride);
    [LibraryImport(Library)] private static partial nuint WebPEncodeLosslessBGRA(byte* source, int width, int height, int stride, byte** output);
    [LibraryImport(Library)] private static partial nuint WebPEncodeLosslessRGBA(byte* source, int width, int height, int stride, byte** output);
    [LibraryImport(Library)] private static partial void WebPFree(void* pointer);
}
