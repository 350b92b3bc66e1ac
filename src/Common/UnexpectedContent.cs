using System.Text;
using System.Text.RegularExpressions;

namespace MlNetImageTranslation;

/// <summary>
/// Recognizes what often stands in the place of a model or a checkpoint after a download that went wrong: a Git LFS
/// pointer, a web page, an archive, an image, another library's format.
/// </summary>
internal static partial class UnexpectedContent
{
    /// <summary>How many of a file's first bytes are enough.</summary>
    public const int BytesNeeded = 512;

    private const int TarMark = 257;

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="start">The file's first bytes, <see cref="BytesNeeded"/> or all that there are.</param>
    /// <returns>A sentence that says what the file is and what helps; null where it is none of these.</returns>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
            return "It is empty.";
        if (start.StartsWith("version https://git-lfs"u8))
            return Pointer(Encoding.UTF8.GetString(start[..Math.Min(start.Length, BytesNeeded)]));
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']))
            return "It is an HDF5 file, as Keras writes them; those are not read. Export the network to ONNX, or save "
                + "its weights as safetensors.";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return "It is a gzip archive: unpack it first.";
        if (
            start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xbc, 0xaf])
            || start.StartsWith("Rar!"u8)
            || HasAt(start, TarMark, "ustar"u8)
        )
            return "It is an archive: unpack it first.";
        // The identifiers of FlatBuffers follow the offset of the root.
        if (HasAt(start, sizeof(int), "TFL3"u8))
            return "It is a TensorFlow Lite model; those are not read. Export the network to ONNX.";
        if (HasAt(start, sizeof(int), "ORTM"u8))
            return "It is a model in ONNX Runtime's own format (ORT); those are not read. Use the ONNX file that it was "
                + "made from.";
        if (Image(start) is { } image)
            return $"It is an image ({image}).";
        if (Json(start) is { } json)
            return json;
        return Markup(start);
    }

    private static bool HasAt(ReadOnlySpan<byte> start, int position, ReadOnlySpan<byte> mark) =>
        start.Length >= position + mark.Length && start[position..].StartsWith(mark);

    private static string? Image(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "PNG"
        : start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "JPEG"
        : start.StartsWith("GIF8"u8) ? "GIF"
        : start.StartsWith("RIFF"u8) && HasAt(start, 8, "WEBP"u8) ? "WebP"
        : null;

    private static string Pointer(string text)
    {
        var size = PointerSize().Match(text);
        return "It is a Git LFS pointer, not the file that it points to"
            + (size.Success ? $" (which has {size.Groups[1].Value} bytes)" : "")
            + ": fetch that one with 'git lfs pull', or download it from the repository's web page.";
    }

    // A safetensors file may begin with a brace as well: the lowest byte of a length, and zeros after it.
    private static string? Json(ReadOnlySpan<byte> start)
    {
        if (start.Contains((byte)0))
            return null;
        string text = Encoding
            .UTF8.GetString(start[..Math.Min(start.Length, BytesNeeded)])
            .TrimStart('\ufeff')
            .TrimStart();
        if (text is not ['{', ..] || text[1..].TrimStart() is not ['"' or '}', ..])
            return null;
        return text.Contains("\"weight_map\"", StringComparison.Ordinal)
            ? "It is the index of a checkpoint that is split into several files, and has no weights itself. Weights are "
                + "read from one file only: load all parts where they were made, and save their tensors in one file."
            : "It is a JSON document.";
    }

    private static string? Markup(ReadOnlySpan<byte> start)
    {
        string text = Encoding
            .UTF8.GetString(start[..Math.Min(start.Length, BytesNeeded)])
            .TrimStart('\ufeff')
            .TrimStart();
        if (!text.StartsWith('<'))
            return null;
        foreach (string tag in (ReadOnlySpan<string>)["<!doctype html", "<html", "<head", "<body", "<!--"])
            if (text.StartsWith(tag, StringComparison.OrdinalIgnoreCase))
                return "It is a web page (HTML)"
                    + (Title().Match(text) is { Success: true } title ? $", '{title.Groups[1].Value.Trim()}'" : "")
                    + ", not the file that the page offers: download it again by the file's own address.";
        return text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
            ? "It is an XML document, perhaps a server's error message: download the file again."
            : null;
    }

    [GeneratedRegex("^size ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex PointerSize();

    [GeneratedRegex("<title>([^<]{1,100})", RegexOptions.IgnoreCase)]
    private static partial Regex Title();
}
