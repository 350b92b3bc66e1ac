using System.CommandLine;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt translate</c>: one image, a stream, or a folder of them through a model.</summary>
internal static class TranslateCommand
{
    private const string Stream = "-";

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model", "-m")
        {
            Description = "ONNX file, the name of one in models/, or the folder of a CoGAN run.",
            Required = true,
        };
        var input = new Option<string>("--input", "-i")
        {
            Description = "Image, folder, or - for standard input.",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Image, folder, or - for standard output.",
            Required = true,
        };
        var format = new Option<string>("--format")
        {
            Description = "Format of images in a folder and on standard output.",
            DefaultValueFactory = _ => "png",
        };
        format.AcceptOnlyFromAmong("png", "jpg", "jpeg", "webp", "tif", "tiff");
        format.HelpName = "png|jpg|webp|tif";
        var alpha = new Option<string>("--alpha")
        {
            Description =
                "Images that are not opaque: keep their alpha in the result, or drop it and compose them on white.",
            DefaultValueFactory = _ => "drop",
        };
        alpha.AcceptOnlyFromAmong("keep", "drop");
        alpha.HelpName = "keep|drop";
        var direction = new WordOption<TranslationDirection?>("--direction")
        {
            Description = "CoGAN runs: direction to translate in (default: AtoB).",
        };
        var instances = new InstanceOption(
            "FILE|FOLDER",
            "Instance image, or a folder of them with the names of the images: for models that read both."
        );
        var folder = new FolderArguments();
        var engine = new EngineArguments();
        var command = new ImtCommand(
            "translate",
            "Translate an image or a folder of images with a model.",
            "imt translate --model model.onnx --input photo.jpg --output map.png",
            "imt translate --model maps --input photos --output maps --resume --report report.jsonl",
            "imt translate --model model.onnx --input photos --output maps --shard 0/4 --on-bad-image skip",
            "imt translate --model denoise.onnx --input scan.tif --output clean.tif --bit-depth 16 --value-range 0..4095",
            "imt translate --model style.onnx --pixel-range 0..255 --input - --output - < a.jpg > b.png",
            "imt translate --model streets.onnx --input labels --instances instances --output photos",
            "imt translate --model runs/cogan --direction BtoA --input maps --output photos"
        )
        {
            Notes =
                "Images of any size are translated, and keep their size. Folders keep their tree; a bad image costs a line "
                + "in the report.\n"
                + "Exit codes: 0, done. 1, some images were bad and all others are done. 2, a mistake on the command line, "
                + "a model that fails, or a bad image with --on-bad-image fail. 130 and 143, interrupted.",
        }
            .With(model, input, output, instances, format, alpha, direction)
            .With(folder.All)
            .With(engine.All);
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                string from = parsed.GetRequiredValue(input),
                    to = parsed.GetRequiredValue(output),
                    extension = "." + parsed.GetRequiredValue(format);
                bool isFolder = Directory.Exists(from);
                if (!isFolder && from != Stream && !File.Exists(from))
                    throw new UserError($"There is no image and no folder '{from}'.");
                if (isFolder && (to == Stream || File.Exists(to)))
                    throw new UserError($"'{from}' is a folder, so --output must be one; '{to}' is not.");
                if (isFolder && IsNewImage(to))
                    throw new UserError(
                        $"'{from}' is a folder, so --output must be one; '{to}' is the name of an image. A folder of "
                            + $"that name is '{to}/'."
                    );
                if (!isFolder)
                {
                    folder.RefuseForImage(parsed, from);
                    RefuseOtherFormat(to, parsed.GetResult(format) is { Implicit: false } ? extension : null);
                }

                string named = parsed.GetRequiredValue(model);
                if (RecordedRun.Find(named) is { IsCoGan: true })
                {
                    const string Why = "CoGAN runs translate by a search for noise";
                    Unused.Refuse(parsed, Why, [instances, alpha, folder.Depth, .. folder.AboutFolders, .. engine.All]);
                    if (from == Stream || to == Stream)
                        throw new UserError("CoGAN runs translate files, not standard input or output.");
                    return Task.FromResult(
                        CoGanTranslation.Run(
                            named,
                            parsed.GetValue(direction) ?? TranslationDirection.AtoB,
                            from,
                            to,
                            extension,
                            folder.ReadDecoder(parsed),
                            parsed.InvocationConfiguration.Output,
                            cancellationToken
                        )
                    );
                }

                Unused.Refuse(parsed, "a model translates one way", direction);
                bool keepsAlpha = parsed.GetRequiredValue(alpha) == "keep";
                if (keepsAlpha)
                    RefuseJpeg(isFolder || to == Stream || Directory.Exists(to) ? "image" + extension : to);
                bool namesFormat = !isFolder && to != Stream && !Directory.Exists(to) && !to.EndsWith('/');
                bool isWide = folder.IsWide(parsed, namesFormat ? to : "image" + extension, keepsAlpha);
                using var translator = EngineArguments.Load(
                    named,
                    engine.Read(
                        parsed,
                        isFolder ? TranslationScheduling.Throughput : TranslationScheduling.Latency
                    ) with
                    {
                        KeepAlpha = keepsAlpha,
                    }
                );
                string? beside = parsed.GetValue(instances);
                InstanceOption.Check(translator, named, beside is not null);
                if (!isFolder)
                    return Task.FromResult(
                        ImageTranslation.Run(
                            translator,
                            from,
                            beside,
                            to,
                            extension,
                            folder.ReadDecoder(parsed) with
                            {
                                KeepAlpha = keepsAlpha,
                            },
                            isWide,
                            parsed.InvocationConfiguration.Error,
                            cancellationToken
                        )
                    );
                using var page = folder.Page(parsed, from, to);
                var done = TranslateFolder(
                    translator,
                    from,
                    to,
                    folder.Read(parsed, extension) with
                    {
                        InstanceFolder = beside,
                    },
                    page,
                    parsed,
                    cancellationToken
                );
                page?.Save();
                return Task.FromResult(folder.ExitCode(parsed, done));
            }
        );
        return command;
    }

    private static bool IsNewImage(string to) =>
        !Directory.Exists(to) && ImageEncoder.Extensions.Contains(Path.GetExtension(to).ToLowerInvariant());

    private static void RefuseJpeg(string to)
    {
        if (!to.EndsWith('/') && ImageEncoder.FormatOf(to) == ImageFileFormat.Jpeg)
            throw new UserError($"--alpha keep needs a format with alpha, png, webp or tif; '{to}' is a JPEG.");
    }

    // A file's own extension says its format.
    private static void RefuseOtherFormat(string to, string? extension)
    {
        if (
            extension is not null
            && to != Stream
            && !Directory.Exists(to)
            && !to.EndsWith('/')
            && ImageEncoder.FormatOf(to) != ImageEncoder.FormatOf("image" + extension)
        )
        {
            throw new UserError(
                $"--format {extension[1..]} and --output '{to}' contradict each other; a file's extension says its format."
            );
        }
    }

    private static FolderTranslationProgress TranslateFolder(
        TranslationEngine engine,
        string from,
        string to,
        FolderTranslationOptions options,
        FolderPage? page,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var console = parsed.InvocationConfiguration;
        FolderTranslationProgress done;
        try
        {
            done = TerminalProgress.Run(
                console.Error,
                "looking for images",
                terminal =>
                    new FolderTranslator(engine, options).Translate(
                        from,
                        to,
                        new FolderProgress(
                            console.Error,
                            TimeSpan.FromSeconds(5),
                            terminal,
                            page,
                            message => OptionNames.Translate(message, parsed.CommandResult)
                        ),
                        cancellationToken
                    )
            );
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine(
                "Interrupted; every output that is there is complete. The same command with --resume goes on."
            );
            throw;
        }
        // A machine's share of a few images may be none of them; a whole folder without images is a wrong folder or
        // pattern.
        if (done.Total == 0 && options.Shard.Count == 1)
            throw new UserError($"Folder '{from}' holds no images: expected {Expected(options)}.");
        if (done.LeftOut is { } leftOut)
            console.Error.WriteLine($"Left out: {leftOut}.");
        string reported = done.Failed > 0 && options.ReportFile is { } report ? $"; see {report}" : "";
        console.Output.WriteLine($"{FolderProgress.Line(done)} ({engine.ActiveProvider}){reported}");
        return done;
    }

    private static string Expected(FolderTranslationOptions options)
    {
        string included =
            options.Include.Count > 0
                ? "files like " + string.Join(", ", options.Include)
                : "files that end in " + string.Join(", ", ImageDecoder.Extensions);
        return included + (options.Exclude.Count > 0 ? " and not like " + string.Join(", ", options.Exclude) : "");
    }
}
