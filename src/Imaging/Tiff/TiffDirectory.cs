using System.Buffers.Binary;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// The first directory of a TIFF file, read in place. Files whose values lie outside of them do not get to LibTiff,
/// which takes memory by what they say.
/// </summary>
internal sealed class TiffDirectory
{
    private const int HeaderLength = 8,
        EntryLength = 12,
        Short = 3,
        Long = 4;

    private const int Width = 256,
        Height = 257,
        Bits = 258,
        OrientationTag = 274,
        StripBytes = 279,
        TileWidth = 322,
        TileHeight = 323,
        TileBytes = 325;

    // Tiles are read whole; those in use have 128 to 1024 pixels a side.
    private const long MostTilePixels = 1 << 24;

    private readonly string _name;
    private readonly bool _isLittle;

    private TiffDirectory(string name, bool isLittle) => (_name, _isLittle) = (name, isLittle);

    /// <summary>What <see cref="ImageHeader"/> says of it.</summary>
    public ImageHeader Header { get; private set; }

    /// <summary>Whether a file begins like a TIFF file.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> file) => file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8);

    /// <summary>Reads the directory of a file.</summary>
    /// <exception cref="FormatException">It is damaged; the message names the image.</exception>
    public static TiffDirectory Read(ReadOnlySpan<byte> file, string name)
    {
        var directory = new TiffDirectory(name, file[0] == 'I');
        directory.ReadEntries(file);
        return directory;
    }

    private void ReadEntries(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength)
            throw Damaged("it has no directory");
        uint start = Number32(file[4..]);
        if (start > file.Length - 2)
            throw Damaged("its directory lies outside of it");
        var entries = file[(int)start..];
        int count = Number16(entries);
        entries = entries[2..];
        if (count * EntryLength > entries.Length)
            throw Damaged("its directory is cut short");
        long width = 0,
            height = 0,
            tileWidth = 0,
            tileHeight = 0,
            bits = 1,
            orientation = 1;
        for (int i = 0; i < count; i++)
        {
            var entry = entries.Slice(i * EntryLength, EntryLength);
            int tag = Number16(entry),
                type = Number16(entry[2..]);
            var values = Values(file, entry, type);
            switch (tag)
            {
                case Width:
                    width = First(values, type);
                    break;
                case Height:
                    height = First(values, type);
                    break;
                case Bits:
                    bits = First(values, type);
                    break;
                case OrientationTag:
                    orientation = First(values, type);
                    break;
                case TileWidth:
                    tileWidth = First(values, type);
                    break;
                case TileHeight:
                    tileHeight = First(values, type);
                    break;
                case StripBytes or TileBytes:
                    CheckLengths(values, type, file.Length);
                    break;
            }
        }
        if (width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue)
            throw Damaged($"it says that it is {width}x{height}");
        if (tileWidth > MostTilePixels || tileHeight > MostTilePixels || tileWidth * tileHeight > MostTilePixels)
            throw Damaged($"it has tiles of {tileWidth}x{tileHeight}");
        var next = entries[(count * EntryLength)..];
        Header = new(
            ImageFileFormat.Tiff,
            (int)width,
            (int)height,
            orientation is >= 1 and <= 8 ? (ExifOrientation)orientation : ExifOrientation.Normal
        )
        {
            BitsPerSample = bits == 16 ? 16 : 8,
            HasMorePages = next.Length >= 4 && Number32(next) != 0,
        };
    }

    // The values themselves where they fit into the entry, else their place is there.
    private ReadOnlySpan<byte> Values(ReadOnlySpan<byte> file, ReadOnlySpan<byte> entry, int type)
    {
        long length = Number32(entry[4..]) * (long)SizeOf(type);
        if (length <= 4)
            return entry.Slice(8, (int)length);
        uint place = Number32(entry[8..]);
        return place + length <= file.Length
            ? file.Slice((int)place, (int)length)
            : throw Damaged($"values of its tag {Number16(entry)} lie outside of it");
    }

    private void CheckLengths(ReadOnlySpan<byte> values, int type, int fileLength)
    {
        int size = SizeOf(type);
        for (int at = 0; at + size <= values.Length; at += size)
            if (First(values[at..], type) > fileLength)
                throw Damaged("it is shorter than its parts");
    }

    private long First(ReadOnlySpan<byte> values, int type) =>
        type switch
        {
            Short when values.Length >= 2 => Number16(values),
            Long when values.Length >= 4 => Number32(values),
            _ => 0,
        };

    private static int SizeOf(int type) =>
        type switch
        {
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 1,
        };

    private ushort Number16(ReadOnlySpan<byte> at) =>
        _isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private uint Number32(ReadOnlySpan<byte> at) =>
        _isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

    private FormatException Damaged(string what) =>
        new($"Image '{_name}' cannot be read: the TIFF file is damaged, {what}.");
}
