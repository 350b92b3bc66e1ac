using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Finds the orientation in an Exif block (a small TIFF file). Whatever is damaged there counts as not said.
/// </summary>
internal static class ExifReader
{
    private const ushort OrientationTag = 0x0112,
        ShortType = 3;

    public static ExifOrientation? ReadOrientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8))
            tiff = tiff[6..];
        if (tiff.Length < 8)
            return null;
        bool little;
        if (tiff.StartsWith("II*\0"u8))
            little = true;
        else if (tiff.StartsWith("MM\0*"u8))
            little = false;
        else
            return null;

        var directory = Read32(tiff[4..], little);
        if (directory > tiff.Length - 2)
            return null;
        var entries = tiff[(int)directory..];
        int count = Read16(entries, little);
        for (var i = 0; i < count && 2 + 12 * i + 12 <= entries.Length; i++)
        {
            var entry = entries.Slice(2 + 12 * i, 12);
            if (Read16(entry, little) != OrientationTag)
                continue;
            if (Read16(entry[2..], little) != ShortType)
                return null;
            int value = Read16(entry[8..], little);
            return value is >= 1 and <= 8 ? (ExifOrientation)value : null;
        }
        return null;
    }

    private static ushort Read16(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint Read32(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
