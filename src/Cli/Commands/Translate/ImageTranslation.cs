using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>Translates one image from a file or standard input to a file or standard output.</summary>
internal static class ImageTranslation
{
    private const string Standard = "-";

    /// <summary>
    /// Translates an image. <paramref name="to"/> may be a folder, in which it keeps its name;
    /// <paramref name="extension"/> is the format then, and that of standard output.
    /// </summary>
    public static int Run(
        TranslationEngine engine,
        string from,
        string to,
        string extension,
        ImageDecoderOptions decoder,
        TextWriter error
    )
    {
        if (to != Standard && (Directory.Exists(to) || to.EndsWith('/')))
            to = Path.Combine(to, (from == Standard ? "image" : Path.GetFileNameWithoutExtension(from)) + extension);
        if (from != Standard && to != Standard && IsSameFile(from, to))
            throw new UserError(
                $"Input and output are the same file, '{from}'; the translation would replace the image."
            );
        // A format that cannot be written is known before the work, not after.
        var format = ImageEncoder.FormatOf(to == Standard ? "image" + extension : to);
        var result = engine.Translate(Read(from, decoder, error));
        if (to == Standard)
        {
            using var stream = Console.OpenStandardOutput();
            byte[] bytes = ImageEncoder.Encode(result, format);
            StandardOutput.Named(() => stream.Write(bytes));
            return ExitCodes.Success;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(to)) is { } parent)
            Directory.CreateDirectory(parent);
        ImageEncoder.Save(result, to);
        return ExitCodes.Success;
    }

    // Links lead to one file, too.
    private static bool IsSameFile(string from, string to) =>
        File.Exists(to) && string.Equals(Target(from), Target(to), StringComparison.Ordinal);

    private static string Target(string file) =>
        File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);

    private static RgbImage Read(string from, ImageDecoderOptions decoder, TextWriter error)
    {
        string name = from == Standard ? "standard input" : from;
        using var stream = from == Standard ? Console.OpenStandardInput() : File.OpenRead(from);
        // A pipe has no length (<(curl …) in a shell): it is read to its end, or to where no image is so large.
        if (stream.CanSeek && from != Standard)
        {
            var image = ImageDecoder.Decode(from, decoder);
            if (ImageHeader.Read(from).HasMorePages)
                error.WriteLine($"'{from}' holds several images; the first is translated.");
            return image;
        }
        return ImageDecoder.Decode(ReadToEnd(stream, name, decoder), name, decoder);
    }

    private static byte[] ReadToEnd(Stream stream, string name, ImageDecoderOptions decoder)
    {
        using var bytes = new MemoryStream();
        long limit = Math.Min(decoder.MaxFileBytes, Array.MaxLength);
        var part = new byte[1 << 16];
        for (int read; (read = stream.Read(part)) > 0; )
        {
            if (bytes.Length + read > limit)
                throw new FormatException($"Image '{name}' has more than {limit} bytes, which no image may have.");
            bytes.Write(part, 0, read);
        }
        return bytes.ToArray();
    }
}
