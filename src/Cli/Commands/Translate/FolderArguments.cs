using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The options of <c>imt translate</c> that are about folders.</summary>
internal sealed class FolderArguments
{
    private readonly Option<string[]> _include = new("--include")
    {
        Description = "Folders: only files that match, such as *.jpg or 2024/**. Can be repeated.",
    };
    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "Folders: no files that match. Can be repeated.",
    };
    private readonly Option<bool> _flat = new("--no-recursive")
    {
        Description = "Folders: do not descend into sub-folders.",
    };
    private readonly Option<int?> _workers = new("--workers")
    {
        Description = "Folders: images to work on at a time (default: by the number of processors).",
    };
    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Folders: skip images whose output exists.",
    };
    private readonly Option<string?> _bad = new("--on-bad-image")
    {
        Description =
            "Folders: skip bad images (exit code 0), or fail at the first (exit code 2). Default: skip, exit code 1.",
        HelpName = "skip|fail",
    };
    private readonly Option<string?> _report = new("--report")
    {
        Description = "Folders: write a line of JSON per image to this file.",
    };
    private readonly Option<string?> _page = new("--report-html")
    {
        Description = "Folders: write a page to this file that shows every image beside its translation.",
    };
    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Folders: translate share i of n, i from 0 to n - 1, such as 0/4. The shares make up the folder.",
    };
    private readonly Option<long?> _pixels = new("--max-pixels")
    {
        Description = "Treat images with more pixels as bad (default: 100000000).",
    };

    private readonly Option<string?> _values = new("--value-range")
    {
        Description =
            "Images of 16 bits a sample: the samples that are black and white, such as 0..4095. With --bit-depth 16, also "
            + "those that are written.",
        HelpName = "black..white",
    };

    private readonly Option<string?> _depth = new("--bit-depth")
    {
        Description =
            "Bits of a sample, from file to file (default: 8). 16 is for PNG and TIFF, models of floating-point numbers, "
            + "and exports of this program; images are not resized.",
        HelpName = "8|16",
    };

    public FolderArguments()
    {
        _bad.AcceptOnlyFromAmong("skip", "fail");
        _depth.AcceptOnlyFromAmong("8", "16");
    }

    /// <summary>All of them, in the order in which help lists them.</summary>
    public Option[] All => [.. AboutFolders, _pixels, _values, _depth];

    /// <summary>Those that have no effect on a single image.</summary>
    public Option[] AboutFolders => [_include, _exclude, _flat, _workers, _resume, _bad, _report, _page, _shard];

    /// <summary>Bits of a sample.</summary>
    public Option Depth => _depth;

    /// <summary>Refuses options about folders for a single image, where they have no effect.</summary>
    /// <exception cref="UserError">One was given; the message names it.</exception>
    public void RefuseForImage(ParseResult parsed, string image)
    {
        if (Array.Find(AboutFolders, option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UserError($"{given.Name} is for folders, but '{image}' is one image.");
        }
    }

    /// <summary>Whether images have 16 bits a sample on their whole way.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="target">A file of the format that is written.</param>
    /// <param name="keepsAlpha">Whether alpha was asked for.</param>
    /// <exception cref="UserError">They are to, and cannot; the message says why.</exception>
    public bool IsWide(ParseResult parsed, string target, bool keepsAlpha)
    {
        if (BitDepth(parsed) != 16)
            return false;
        if (ImageEncoder.FormatOf(target) is not (ImageFileFormat.Png or ImageFileFormat.Tiff))
            throw new UserError(
                $"--bit-depth 16 needs png or tif as the output's format; got '{Path.GetExtension(target)}', which has 8 "
                    + "bits a sample."
            );
        if (keepsAlpha)
            throw new UserError("--bit-depth 16 composes images on white; it cannot be combined with --alpha keep.");
        if (parsed.GetResult(_page) is { Implicit: false })
            throw new UserError("--report-html shows images of 8 bits; it cannot be combined with --bit-depth 16.");
        return true;
    }

    private int BitDepth(ParseResult parsed) => parsed.GetValue(_depth) == "16" ? 16 : 8;

    /// <summary>What the decoder accepts, for single images as well.</summary>
    public ImageDecoderOptions ReadDecoder(ParseResult parsed) =>
        ImageDecoderOptions.Default with
        {
            MaxPixels = parsed.GetValue(_pixels) ?? ImageDecoderOptions.Default.MaxPixels,
            ValueRange = ReadRange(parsed.GetValue(_values)),
        };

    private static (int Black, int White)? ReadRange(string? text)
    {
        if (text is null)
            return null;
        string[] ends = text.Split("..");
        return
            ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int black)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int white)
            && black < white
            && white <= ushort.MaxValue
            ? (black, white)
            : throw new UserError(
                $"--value-range is '{text}'; expected two numbers from 0 to {ushort.MaxValue}, black below white, such as "
                    + "0..4095."
            );
    }

    private static (int Index, int Count) ReadShard(string? text)
    {
        if (text is null)
            return (0, 1);
        string[] parts = text.Split('/');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count > 0
            && index < count
            ? (index, count)
            : throw new UserError($"'{text}' is not a shard; expected i/n with i from 0 to n - 1, such as 0/4.");
    }

    /// <summary>
    /// The exit code: who said that bad images are skipped has no use for a failure that trying again does not cure.
    /// </summary>
    public int ExitCode(ParseResult parsed, FolderTranslationProgress done) =>
        done.Failed == 0 || parsed.GetValue(_bad) == "skip" ? ExitCodes.Success : ExitCodes.Failure;

    /// <summary>The page that was asked for, or null.</summary>
    public FolderPage? Page(ParseResult parsed, string input, string output) =>
        parsed.GetValue(_page) is { } file
            ? new(
                file,
                $"Translations of {Path.GetFileName(Path.TrimEndingDirectorySeparator(input))}",
                input,
                output,
                ReadDecoder(parsed)
            )
            : null;

    /// <summary>What was asked for.</summary>
    public FolderTranslationOptions Read(ParseResult parsed, string extension) =>
        new()
        {
            Include = parsed.GetValue(_include) ?? [],
            Exclude = parsed.GetValue(_exclude) ?? [],
            Recursive = !parsed.GetValue(_flat),
            OutputExtension = extension,
            BitDepth = BitDepth(parsed),
            Workers = parsed.GetValue(_workers),
            Resume = parsed.GetValue(_resume),
            FailOnBadImage = parsed.GetValue(_bad) == "fail",
            ReportFile = parsed.GetValue(_report),
            Shard = ReadShard(parsed.GetValue(_shard)),
            Decoder = ReadDecoder(parsed),
        };
}
