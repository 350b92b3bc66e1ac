using System.IO.Compression;
using System.Text;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// The texts of a PNG file that may hold an orientation: XMP ("XML:com.adobe.xmp"), and the Exif block that ImageMagick
/// writes in hexadecimal ("Raw profile type exif").
/// </summary>
internal static class PngText
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads a chunk of type tEXt, zTXt or iTXt.</summary>
    public static void Read(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, OrientationFinder found)
    {
        int end = data.IndexOf((byte)0);
        if (end < 0)
            return;
        var keyword = data[..end];
        bool isXmp = keyword.SequenceEqual("XML:com.adobe.xmp"u8);
        bool isProfile =
            keyword.SequenceEqual("Raw profile type exif"u8) || keyword.SequenceEqual("Raw profile type APP1"u8);
        if (!isXmp && !isProfile)
            return;
        var text = TextOf(type, data[(end + 1)..]);
        if (isXmp)
            found.AddXmp(text);
        else
            found.AddExif(FromProfile(text));
    }

    private static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> rest)
    {
        if (type.SequenceEqual("tEXt"u8))
            return rest;
        if (type.SequenceEqual("zTXt"u8))
            return rest.Length < 1 ? [] : Inflate(rest[1..]);
        if (rest.Length < 2)
            return [];
        bool compressed = rest[0] != 0;
        rest = rest[2..];
        // Language tag and translated keyword, each with a zero behind it.
        for (int i = 0; i < 2; i++)
        {
            int end = rest.IndexOf((byte)0);
            if (end < 0)
                return [];
            rest = rest[(end + 1)..];
        }
        return compressed ? Inflate(rest) : rest;
    }

    private static byte[] Inflate(ReadOnlySpan<byte> data)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            byte[] text = new byte[MaxBytes];
            int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            return text[..length];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>A line break, the profile's name, its length, and its bytes in lines of hexadecimal digits.</summary>
    private static byte[] FromProfile(ReadOnlySpan<byte> text)
    {
        string[] lines = Encoding.ASCII.GetString(text).Trim().Split('\n');
        string digits = string.Concat(lines.Skip(2).Select(line => line.Trim()));
        try
        {
            return Convert.FromHexString(digits);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
