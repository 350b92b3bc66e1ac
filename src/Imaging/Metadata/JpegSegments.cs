using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>Walks the segments of a JPEG file up to its first scan.</summary>
internal static class JpegSegments
{
    private const byte StartOfScan = 0xDA,
        App1 = 0xE1;

    public static ExifOrientation ReadOrientation(ReadOnlySpan<byte> file)
    {
        var found = new OrientationFinder();
        int position = 2;
        while (position + 4 <= file.Length && file[position] == 0xFF)
        {
            byte marker = file[position + 1];
            if (marker == 0xFF) // a fill byte
            {
                position++;
                continue;
            }
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
            if (marker == StartOfScan || length < 2 || position + 2 + length > file.Length)
                break;
            if (marker == App1)
                Read(file.Slice(position + 4, length - 2), found);
            position += 2 + length;
        }
        return found.Orientation;
    }

    private static void Read(ReadOnlySpan<byte> segment, OrientationFinder found)
    {
        if (segment.StartsWith("Exif\0\0"u8))
            found.AddExif(segment);
        else if (segment.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8))
            found.AddXmp(segment);
    }
}
