using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Commands.Translate;

/// <summary>Translates one picture from a file or standard input to a file or standard output.</summary>
internal static class PictureTranslation
{
    private const string Stream = "-";

    /// <summary>Translates a picture. <paramref name="to"/> may be a folder, in which it keeps its name; <paramref name="extension"/> is the format then, and that of standard output.</summary>
    public static int Run(TranslationEngine engine, string from, string to, string extension, ImageDecoderOptions decoder)
    {
        if (to != Stream && (Directory.Exists(to) || to.EndsWith('/'))) to = Path.Combine(to, (from == Stream ? "picture" : Path.GetFileNameWithoutExtension(from)) + extension);
        // A format that cannot be written is known before the work, not after.
        var format = ImageEncoder.FormatOf(to == Stream ? "picture" + extension : to);
        var result = engine.Translate(from == Stream ? ImageDecoder.Decode(ReadInput(decoder), "standard input", decoder) : ImageDecoder.Decode(from, decoder));
        if (to == Stream)
        {
            using var stream = Console.OpenStandardOutput();
            stream.Write(ImageEncoder.Encode(result, format));
            return ExitCodes.Success;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(to)) is { } parent) Directory.CreateDirectory(parent);
        ImageEncoder.Save(result, to);
        return ExitCodes.Success;
    }

    private static byte[] ReadInput(ImageDecoderOptions decoder)
    {
        using var stream = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        long limit = Math.Min(decoder.MaxFileBytes, Array.MaxLength);
        var part = new byte[1 << 16];
        for (int read; (read = stream.Read(part)) > 0;)
        {
            if (bytes.Length + read > limit) throw new FormatException($"Standard input has more than {limit} bytes, which no picture may have.");
            bytes.Write(part, 0, read);
        }
        return bytes.ToArray();
    }
}
