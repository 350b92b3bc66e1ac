using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>Walks the segments of a JPEG file: size, orientation, and whether the end marker is reached.</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA,
        EndOfImage = 0xD9,
        App1 = 0xE1,
        Temporary = 0x01;

    public static HeaderResult Read(ReadOnlySpan<byte> file)
    {
        int width = 0,
            height = 0;
        var orientation = ExifOrientation.Normal;
        var complete = false;
        var position = 2;
        while (!complete && FindMarker(file, ref position) is { } marker)
        {
            if (marker == EndOfImage)
            {
                complete = true;
                continue;
            }
            if (marker is Temporary or (>= 0xD0 and <= 0xD8))
                continue; // markers without a segment
            if (position + 2 > file.Length)
                break;
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
            if (length < 2)
                return new HeaderResult($"JPEG segment 0xFF{marker:X2} says it has {length} bytes");
            if (position + length > file.Length)
                break;
            var segment = file.Slice(position + 2, length - 2);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && width == 0)
            {
                if (segment.Length < 6)
                    return new HeaderResult("its JPEG frame header is too short");
                if (segment[0] != 8)
                    return new HeaderResult($"it is a JPEG of {segment[0]} bits a sample (8 are supported)");
                if (segment[5] is not (1 or 3 or 4))
                    return new HeaderResult($"it is a JPEG of {segment[5]} components (1, 3 or 4 are supported)");
                height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
            }
            else if (marker == App1 && segment.StartsWith("Exif\0\0"u8))
            {
                orientation = ExifReader.ReadOrientation(segment);
            }
            else if (marker == StartOfScan && width == 0)
            {
                return new HeaderResult("its JPEG scan comes before a frame header");
            }
            position += length;
        }
        return width == 0 && !complete
            ? new HeaderResult("the JPEG file ends before its frame header")
            : HeaderResult.Of(ImageFileFormat.Jpeg, width, height, orientation, complete);
    }

    /// <summary>
    /// The next marker at or after <paramref name="position"/>, skipping entropy-coded data; null at the end of the
    /// file.
    /// </summary>
    private static byte? FindMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (position < file.Length)
        {
            var next = file[position..].IndexOf((byte)0xFF);
            if (next < 0)
                break;
            position += next + 1;
            while (position < file.Length && file[position] == 0xFF)
                position++; // fill bytes
            if (position < file.Length && file[position] != 0)
                return file[position++];
        }
        position = file.Length;
        return null;
    }
}
