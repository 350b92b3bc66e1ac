using System.CommandLine;
using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Commands.Translate;

/// <summary><c>imt translate</c>: one picture, a stream, or a folder of them through a model.</summary>
internal static class TranslateCommand
{
    private const string Stream = "-";

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model", "-m") { Description = "ONNX file, or the name of one in models/.", Required = true };
        var input = new Option<string>("--input", "-i") { Description = "Picture, folder, or - for standard input.", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "Picture, folder, or - for standard output.", Required = true };
        var format = new Option<string>("--format") { Description = "Format of folders and standard output: png, jpg, webp (default: png).", DefaultValueFactory = _ => "png" };
        format.AcceptOnlyFromAmong("png", "jpg", "jpeg", "webp");
        var folder = new FolderArguments();
        var engine = new EngineArguments();
        var command = new ImtCommand("translate", "Translate a picture or a folder of pictures with a model.",
            "imt translate --model model.onnx --input photo.jpg --output map.png",
            "imt translate --model maps --input photos --output maps --resume --report report.jsonl",
            "imt translate --model model.onnx --input photos --output maps --shard 0/4",
            "imt translate --model style.onnx --pixel-range 0..255 --input a.jpg --output -")
        {
            Notes = "Pictures of any size are translated; the result has the picture's size. Folders keep their tree; a bad picture costs a line in the report.\n"
                + "Exit code 0: done; 1: some pictures failed; 2: a mistake on the command line.",
        }.With(model, input, output, format).With(folder.All).With(engine.All);
        command.SetAction((parsed, cancellation) =>
        {
            string from = parsed.GetRequiredValue(input), to = parsed.GetRequiredValue(output), extension = "." + parsed.GetRequiredValue(format);
            bool isFolder = Directory.Exists(from);
            if (!isFolder && from != Stream && !File.Exists(from)) throw new UserError($"There is no picture and no folder '{from}'.");
            if (isFolder && (to == Stream || File.Exists(to))) throw new UserError($"'{from}' is a folder, so --output must be one; '{to}' is not.");
            using var translator = EngineArguments.Load(parsed.GetRequiredValue(model), engine.Read(parsed, isFolder ? TranslationScheduling.Throughput : TranslationScheduling.Latency));
            return Task.FromResult(isFolder
                ? TranslateFolder(translator, from, to, folder.Read(parsed, extension), parsed.InvocationConfiguration, cancellation)
                : TranslatePicture(translator, from, to, extension));
        });
        return command;
    }

    private static int TranslateFolder(TranslationEngine engine, string from, string to, FolderTranslationOptions options, InvocationConfiguration console, CancellationToken cancellation)
    {
        var done = new FolderTranslator(engine, options).Translate(from, to, new FolderProgress(console.Error, TimeSpan.FromSeconds(5)), cancellation);
        console.Output.WriteLine($"{FolderProgress.Line(done)} ({engine.ActiveProvider})");
        return done.Failed == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static int TranslatePicture(TranslationEngine engine, string from, string to, string extension)
    {
        var picture = from == Stream ? ImageDecoder.Decode(ReadAll(Console.OpenStandardInput()), "standard input") : ImageDecoder.Decode(from);
        if (to != Stream && (Directory.Exists(to) || to.EndsWith('/'))) to = Path.Combine(to, (from == Stream ? "picture" : Path.GetFileNameWithoutExtension(from)) + extension);
        // A format that cannot be written is known before the work, not after.
        var written = ImageEncoder.FormatOf(to == Stream ? "picture" + extension : to);
        var result = engine.Translate(picture);
        if (to == Stream)
        {
            using var stream = Console.OpenStandardOutput();
            stream.Write(ImageEncoder.Encode(result, written));
            return ExitCodes.Success;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(to)) is { } parent) Directory.CreateDirectory(parent);
        ImageEncoder.Save(result, to);
        return ExitCodes.Success;
    }

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
