using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>Walks the RIFF chunks of a WebP file: size (VP8, VP8L or VP8X), orientation (EXIF), completeness.</summary>
internal static class WebPHeader
{
    private const byte AnimationFlag = 0x02;

    public static HeaderResult Read(ReadOnlySpan<byte> file)
    {
        var complete = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L <= file.Length;
        (long Width, long Height) size = (0, 0);
        var orientation = ExifOrientation.Normal;
        long position = 12;
        while (position + 8 <= file.Length)
        {
            var type = file.Slice((int)position, 4);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)position + 4)..]);
            var start = (int)position + 8;
            var body = file.Slice(start, (int)Math.Min(length, file.Length - start));
            if (type.SequenceEqual("VP8X"u8) && body.Length >= 10)
            {
                if ((body[0] & AnimationFlag) != 0)
                    return new HeaderResult("it is an animated WebP");
                size = (Read24(body[4..]) + 1, Read24(body[7..]) + 1);
            }
            else if (type.SequenceEqual("VP8 "u8) && body.Length >= 10 && size.Width == 0)
            {
                size = (
                    BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF,
                    BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF
                );
            }
            else if (type.SequenceEqual("VP8L"u8) && body.Length >= 5 && size.Width == 0)
            {
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
                size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
            }
            else if (type.SequenceEqual("EXIF"u8))
            {
                orientation = ExifReader.ReadOrientation(body);
            }
            position += 8 + length + (length & 1);
        }
        return size.Width == 0
            ? new HeaderResult("the WebP file has no image chunk")
            : HeaderResult.Of(ImageFileFormat.WebP, size.Width, size.Height, orientation, complete);
    }

    private static int Read24(ReadOnlySpan<byte> at) => at[0] | at[1] << 8 | at[2] << 16;
}
