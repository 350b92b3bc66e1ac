using System.Buffers.Binary;
using Microsoft.ML.Data;

namespace Microsoft.ML.Compat.Imaging;

/// <summary>Windows bitmaps: 1, 4, 8 bits with palette, 16, 24, 32 bits, bottom-up and top-down, without compression or with bit fields.</summary>
internal static class Bmp
{
    private const uint Uncompressed = 0, BitFields = 3, AlphaBitFields = 6;

    public static MLImage Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26) return null;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var headerSize = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        var old = headerSize == 12; // OS/2 header with 16-bit fields
        if (!old && (headerSize < 40 || file.Length < 14 + headerSize)) return null;
        var width = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) : BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        var signedHeight = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[20..]) : BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[(old ? 24 : 28)..]);
        var compression = old ? Uncompressed : BinaryPrimitives.ReadUInt32LittleEndian(file[30..]);
        if (width <= 0 || signedHeight is 0 or int.MinValue || bits is not (1 or 4 or 8 or 16 or 24 or 32)) return null;
        if (compression != Uncompressed && !(compression is BitFields or AlphaBitFields && bits is 16 or 32)) return null;
        var height = Math.Abs(signedHeight);
        var stride = ((long)width * bits + 31) / 32 * 4;
        if ((long)width * height > Array.MaxLength / 4 || start + stride * height > file.Length) return null;

        var palette = ReadPalette(file, (int)headerSize, old, bits, (int)start);
        var masks = ReadMasks(file, headerSize, compression, bits);
        if (masks is null) return null;
        var pixels = GC.AllocateUninitializedArray<byte>(width * height * 4);
        for (var y = 0; y < height; y++)
        {
            var row = file.Slice((int)(start + stride * (signedHeight > 0 ? height - 1 - y : y)), (int)stride);
            var target = pixels.AsSpan(y * width * 4, width * 4);
            if (bits <= 8) FromPalette(row, bits, palette, target);
            else if (bits == 24) From24(row, target);
            else FromMasks(row, bits, masks, target);
        }
        Alpha.Premultiply(pixels);
        return new MLImage(width, height, MLPixelFormat.Bgra32, pixels);
    }

    private static byte[] ReadPalette(ReadOnlySpan<byte> file, int headerSize, bool old, int bits, int start)
    {
        if (bits > 8) return [];
        var palette = new byte[(1 << bits) * 4];
        int at = 14 + headerSize, step = old ? 3 : 4;
        for (var i = 0; i < 1 << bits && at + step <= start && at + step <= file.Length; i++, at += step)
        {
            file.Slice(at, 3).CopyTo(palette.AsSpan(i * 4));
        }
        for (var i = 3; i < palette.Length; i += 4) palette[i] = 255;
        return palette;
    }

    /// <summary>Masks of blue, green, red, alpha. 32 bits without bit fields are opaque, as for Skia.</summary>
    private static uint[] ReadMasks(ReadOnlySpan<byte> file, uint headerSize, uint compression, int bits)
    {
        if (compression == Uncompressed) return bits == 16 ? [0x1F, 0x3E0, 0x7C00, 0] : [0xFF, 0xFF00, 0xFF0000, 0];
        if (file.Length < 14 + 40 + 16) return null;
        var hasAlpha = headerSize >= 56 || compression == AlphaBitFields;
        return
        [
            BinaryPrimitives.ReadUInt32LittleEndian(file[62..]),
            BinaryPrimitives.ReadUInt32LittleEndian(file[58..]),
            BinaryPrimitives.ReadUInt32LittleEndian(file[54..]),
            hasAlpha ? BinaryPrimitives.ReadUInt32LittleEndian(file[66..]) : 0,
        ];
    }

    private static void FromPalette(ReadOnlySpan<byte> row, int bits, byte[] palette, Span<byte> target)
    {
        for (var x = 0; x < target.Length / 4; x++)
        {
            var bit = x * bits;
            var index = (row[bit >> 3] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
            palette.AsSpan(index * 4, 4).CopyTo(target[(x * 4)..]);
        }
    }

    private static void From24(ReadOnlySpan<byte> row, Span<byte> target)
    {
        for (int from = 0, to = 0; to < target.Length; from += 3, to += 4)
        {
            target[to] = row[from];
            target[to + 1] = row[from + 1];
            target[to + 2] = row[from + 2];
            target[to + 3] = 255;
        }
    }

    private static void FromMasks(ReadOnlySpan<byte> row, int bits, uint[] masks, Span<byte> target)
    {
        for (var x = 0; x < target.Length / 4; x++)
        {
            var value = bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(row[(x * 2)..]) : BinaryPrimitives.ReadUInt32LittleEndian(row[(x * 4)..]);
            for (var c = 0; c < 4; c++)
            {
                if (masks[c] == 0) { target[x * 4 + c] = c == 3 ? (byte)255 : (byte)0; continue; }
                var shift = System.Numerics.BitOperations.TrailingZeroCount(masks[c]);
                ulong maximum = masks[c] >> shift;
                target[x * 4 + c] = (byte)((((value & masks[c]) >> shift) * 255UL + maximum / 2) / maximum);
            }
        }
    }
}
