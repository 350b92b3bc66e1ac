using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>Translates one image from a file or standard input to a file or standard output.</summary>
internal static class ImageTranslation
{
    private const string Standard = "-";

    /// <summary>
    /// Translates an image, with the instance image at <paramref name="instances"/> (a file, or a folder with its name)
    /// where the model reads one. <paramref name="to"/> may be a folder, in which it keeps its name;
    /// <paramref name="extension"/> is the format then, and that of standard output. Where <paramref name="isWide"/>,
    /// its samples have 16 bits on their whole way. Whoever waits for a pipe is freed by
    /// <paramref name="cancellationToken"/>.
    /// </summary>
    public static int Run(
        TranslationEngine engine,
        string from,
        string? instances,
        string to,
        string extension,
        ImageDecoderOptions decoder,
        bool isWide,
        TextWriter error,
        CancellationToken cancellationToken
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
        if (isWide)
        {
            var wide = engine.Translate(
                Read(from, decoder, error, ImageDecoder.DecodeWide, ImageDecoder.DecodeWide, cancellationToken)
            );
            Write(
                to,
                () => ImageEncoder.Encode(wide, format, decoder.ValueRange),
                () => ImageEncoder.Save(wide, to, decoder.ValueRange)
            );
            return ExitCodes.Success;
        }
        if (from == Standard && Directory.Exists(instances))
            throw new UserError($"An image from standard input has no name to look for in the folder '{instances}'.");
        var image = Read(from, decoder, error, ImageDecoder.Decode, ImageDecoder.Decode, cancellationToken);
        var result = instances is null
            ? engine.Translate(image)
            : engine.Translate(image, InstanceOption.Read(instances, from, decoder));
        Write(to, () => ImageEncoder.Encode(result, format), () => ImageEncoder.Save(result, to));
        return ExitCodes.Success;
    }

    private static void Write(string to, Func<byte[]> encode, Action save)
    {
        if (to == Standard)
        {
            using var stream = Console.OpenStandardOutput();
            byte[] bytes = encode();
            StandardOutput.Named(() => stream.Write(bytes));
            return;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(to)) is { } parent)
            NewFolder.Make(parent);
        save();
    }

    // Links lead to one file, too.
    private static bool IsSameFile(string from, string to) =>
        File.Exists(to) && string.Equals(Target(from), Target(to), StringComparison.Ordinal);

    private static string Target(string file) =>
        File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);

    private static T Read<T>(
        string from,
        ImageDecoderOptions decoder,
        TextWriter error,
        Func<string, ImageDecoderOptions, T> decodeFile,
        Func<byte[], string, ImageDecoderOptions, T> decode,
        CancellationToken cancellationToken
    )
    {
        string name = from == Standard ? "standard input" : from;
        // Opening a pipe that nobody writes to, and reading one, take for ever, and a system call cannot be called
        // back: it is left behind on its thread, which does not keep the process from its end.
        if (Task.Run(PipedBytes).WaitAsync(cancellationToken).GetAwaiter().GetResult() is { } bytes)
            return decode(bytes, name, decoder);
        var image = decodeFile(from, decoder);
        if (ImageHeader.Read(from).HasMorePages)
            error.WriteLine($"'{from}' holds several images; the first is translated.");
        return image;

        // A pipe has no length (<(curl …) in a shell): it is read to its end, or to where no image is so large. Null
        // for a file.
        byte[]? PipedBytes()
        {
            using var stream = from == Standard ? Console.OpenStandardInput() : File.OpenRead(from);
            return stream.CanSeek && from != Standard ? null : ReadToEnd(stream, name, decoder);
        }
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
