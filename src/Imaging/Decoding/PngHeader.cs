using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Walks the chunks of a PNG file: size, orientation (eXIf), and whether all chunks up to IEND are there.
/// </summary>
internal static class PngHeader
{
    public static HeaderResult Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file[12..].StartsWith("IHDR"u8))
            return new HeaderResult("the PNG file has no complete IHDR chunk at its start");
        long width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]),
            height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        var orientation = ExifOrientation.Normal;
        bool data = false,
            end = false;
        long position = 8;
        while (!end && position + 12 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)position..]);
            var type = file.Slice((int)position + 4, 4);
            if (position + 12 + length > file.Length)
                break;
            if (type.SequenceEqual("IDAT"u8))
                data = true;
            else if (type.SequenceEqual("eXIf"u8))
                orientation = ExifReader.ReadOrientation(file.Slice((int)position + 8, (int)length));
            else if (type.SequenceEqual("IEND"u8))
                end = true;
            position += 12 + length;
        }
        return HeaderResult.Of(ImageFileFormat.Png, width, height, orientation, data && end);
    }
}
