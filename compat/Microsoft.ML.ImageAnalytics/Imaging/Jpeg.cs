using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Compat.Imaging;

/// <summary>JPEG through libturbojpeg (2.x API).</summary>
internal static unsafe partial class Jpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int Rgba = 7, Bgra = 8, Cmyk = 11; // TJPF_*
    private const int ColorSpaceCmyk = 3, ColorSpaceYcck = 4; // TJCS_*
    private const int Subsampling420 = 2; // TJSAMP_420, Skia's default
    private const int AccurateDct = 4096; // TJFLAG_ACCURATEDCT
    private const int Warning = 0; // TJERR_WARNING: the picture is there, but something in the file was wrong

    public static MLImage Decode(ReadOnlySpan<byte> file)
    {
        var handle = tjInitDecompress();
        if (handle == 0) throw new OutOfMemoryException("libturbojpeg gave no decompressor.");
        try
        {
            fixed (byte* data = file)
            {
                if (tjDecompressHeader3(handle, data, (nuint)file.Length, out var width, out var height, out _, out var colorSpace) != 0
                    && tjGetErrorCode(handle) != Warning)
                    return null;
                if (width <= 0 || height <= 0 || (long)width * height > Array.MaxLength / 4) return null;
                var cmyk = colorSpace is ColorSpaceCmyk or ColorSpaceYcck;
                var pixels = GC.AllocateUninitializedArray<byte>(width * height * 4);
                fixed (byte* target = pixels)
                {
                    if (tjDecompress2(handle, data, (nuint)file.Length, target, width, width * 4, height, cmyk ? Cmyk : Bgra, AccurateDct) != 0
                        && tjGetErrorCode(handle) != Warning)
                        return null;
                }
                if (cmyk) FromInvertedCmyk(pixels);
                return new MLImage(width, height, MLPixelFormat.Bgra32, pixels);
            }
        }
        finally
        {
            tjDestroy(handle);
        }
    }

    public static byte[] Encode(int width, int height, MLPixelFormat format, byte[] pixels)
    {
        var handle = tjInitCompress();
        if (handle == 0) throw new OutOfMemoryException("libturbojpeg gave no compressor.");
        byte* encoded = null;
        try
        {
            nuint size = 0;
            fixed (byte* source = pixels)
            {
                if (tjCompress2(handle, source, width, width * 4, height, format == MLPixelFormat.Bgra32 ? Bgra : Rgba,
                        &encoded, &size, Subsampling420, 100, AccurateDct) != 0)
                    throw new ArgumentException("Saving image failed: " + Marshal.PtrToStringUTF8(tjGetErrorStr2(handle)), "imagePath");
            }
            return new ReadOnlySpan<byte>(encoded, (int)size).ToArray();
        }
        finally
        {
            if (encoded != null) tjFree(encoded);
            tjDestroy(handle);
        }
    }

    // JPEG files hold CMYK inverted (Adobe's convention, which Skia assumes too), so that colour = ink * key / 255.
    private static void FromInvertedCmyk(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
        {
            int cyan = pixels[i], magenta = pixels[i + 1], yellow = pixels[i + 2], key = pixels[i + 3];
            pixels[i] = (byte)((yellow * key + 127) / 255);
            pixels[i + 1] = (byte)((magenta * key + 127) / 255);
            pixels[i + 2] = (byte)((cyan * key + 127) / 255);
            pixels[i + 3] = 255;
        }
    }

    [LibraryImport(Library)] private static partial nint tjInitDecompress();
    [LibraryImport(Library)] private static partial nint tjInitCompress();
    [LibraryImport(Library)] private static partial int tjDestroy(nint handle);
    [LibraryImport(Library)] private static partial int tjGetErrorCode(nint handle);
    [LibraryImport(Library)] private static partial nint tjGetErrorStr2(nint handle);
    [LibraryImport(Library)] private static partial void tjFree(byte* buffer);

    [LibraryImport(Library)]
    private static partial int tjDecompressHeader3(nint handle, byte* data, nuint size, out int width, out int height, out int subsampling, out int colorSpace);

    [LibraryImport(Library)]
    private static partial int tjDecompress2(nint handle, byte* data, nuint size, byte* target, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library)]
    private static partial int tjCompress2(nint handle, byte* source, int width, int pitch, int height, int pixelFormat, byte** target, nuint* size, int subsampling, int quality, int flags);
}
