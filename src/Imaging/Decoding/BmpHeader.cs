using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>Reads the two headers of a Windows bitmap.</summary>
internal static class BmpHeader
{
    public static HeaderResult Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26)
            return new HeaderResult($"the BMP file has {file.Length} bytes, fewer than its header");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var headerSize = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        if (headerSize == 12) // OS/2
        {
            return Result(
                BinaryPrimitives.ReadUInt16LittleEndian(file[18..]),
                BinaryPrimitives.ReadUInt16LittleEndian(file[20..]),
                BinaryPrimitives.ReadUInt16LittleEndian(file[24..]),
                true,
                start,
                file.Length
            );
        }
        if (headerSize < 40)
            return new HeaderResult($"its BMP header has {headerSize} bytes");
        if (file.Length < 54)
            return new HeaderResult($"the BMP file has {file.Length} bytes, fewer than its header");
        // A negative height means rows from the top.
        var height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..]));
        var compressed = BinaryPrimitives.ReadUInt32LittleEndian(file[30..]) is not (0 or 3 or 6);
        return Result(
            BinaryPrimitives.ReadInt32LittleEndian(file[18..]),
            height,
            BinaryPrimitives.ReadUInt16LittleEndian(file[28..]),
            !compressed,
            start,
            file.Length
        );
    }

    private static HeaderResult Result(long width, long height, int bits, bool fixedRows, long start, int fileLength)
    {
        var stride = (width * bits + 31) / 32 * 4;
        return HeaderResult.Of(
            ImageFileFormat.Bmp,
            width,
            height,
            ExifOrientation.Normal,
            !fixedRows || start + stride * height <= fileLength
        );
    }
}
