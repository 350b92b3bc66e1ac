using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>Walks the chunks of a PNG file.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    /// <summary>Before a chunk's data its length and type, behind it a checksum.</summary>
    private const int Overhead = 12;

    private readonly ReadOnlySpan<byte> _file = file;
    private long _position = 8;

    /// <summary>The four letters of the chunk's type.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>The chunk's data.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Goes on to the next chunk that is complete.</summary>
    public bool Next()
    {
        if (_position + Overhead > _file.Length)
            return false;
        var chunk = _file[(int)_position..];
        uint length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        if (length > chunk.Length - Overhead)
            return false;
        Type = chunk.Slice(4, 4);
        Data = chunk.Slice(8, (int)length);
        _position += Overhead + length;
        return true;
    }

    /// <summary>Orientation (Exif, XMP, ImageMagick's raw profiles), depth, and whether the end is there.</summary>
    public static ImageMetadata ReadMetadata(ReadOnlySpan<byte> file)
    {
        var found = new OrientationFinder();
        int bits = 8;
        bool end = false;
        var chunks = new PngChunks(file);
        while (!end && chunks.Next())
        {
            var data = chunks.Data;
            if (chunks.Type.SequenceEqual("IHDR"u8) && data.Length >= 13)
                bits = Math.Max(8, (int)data[8]);
            else if (chunks.Type.SequenceEqual("eXIf"u8))
                found.AddExif(data);
            else if (
                chunks.Type.SequenceEqual("tEXt"u8)
                || chunks.Type.SequenceEqual("zTXt"u8)
                || chunks.Type.SequenceEqual("iTXt"u8)
            )
                PngText.Read(chunks.Type, data, found);
            else if (chunks.Type.SequenceEqual("IEND"u8))
                end = true;
        }
        return new ImageMetadata(found.Orientation, end, bits);
    }
}
