using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>Walks the RIFF chunks of a WebP file.</summary>
internal static class WebPChunks
{
    public static ImageMetadata ReadMetadata(ReadOnlySpan<byte> file)
    {
        bool complete = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L <= file.Length;
        var found = new OrientationFinder();
        long position = 12;
        while (position + 8 <= file.Length)
        {
            var type = file.Slice((int)position, 4);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)position + 4)..]);
            int start = (int)position + 8;
            var body = file.Slice(start, (int)Math.Min(length, file.Length - start));
            if (type.SequenceEqual("EXIF"u8))
                found.AddExif(body);
            else if (type.SequenceEqual("XMP "u8))
                found.AddXmp(body);
            position += 8 + length + (length & 1);
        }
        return new ImageMetadata(found.Orientation, complete);
    }
}
