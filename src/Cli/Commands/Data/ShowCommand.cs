using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data show</c>: a grid of pairs, or of images, as one PNG.</summary>
internal static class ShowCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data", "-d")
        {
            Description = "Images, such as pairs/val.",
            HelpName = "FOLDER",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Image to write: .png, .jpg, .webp or .tif.",
            HelpName = "FILE",
            Required = true,
        };
        var count = new Option<int>("--count", "-n")
        {
            Description = "Number of files to show, spread over the folder.",
            DefaultValueFactory = _ => 12,
        };
        var columns = new Option<int>("--columns")
        {
            Description = "Pairs or images in a row.",
            DefaultValueFactory = _ => 3,
        };
        var size = new Option<int>("--size")
        {
            Description = "Shrink wider images to this width.",
            DefaultValueFactory = _ => 256,
        };
        var single = new Option<bool>("--single") { Description = "The files are single images, not pairs." };
        var command = new ImtCommand(
            "show",
            "Show pairs as a grid in one image.",
            "imt data show --data pairs/val --output pairs.png",
            "imt data show --data horse2zebra/trainA --single --columns 6 --output horses.png"
        ).With((ReadOnlySpan<Option>)[data, output, count, columns, size, single]);
        command.SetAction(parsed =>
        {
            int shown = Positive(parsed.GetValue(count), "--count"),
                across = Positive(parsed.GetValue(columns), "--columns"),
                limit = Positive(parsed.GetValue(size), "--size");
            var files = ImageDecoder.ListFiles(parsed.GetRequiredValue(data));
            var path = parsed.GetRequiredValue(output);
            ImageEncoder.FormatOf(path);
            var grid = Draw(Spread(files, shown), across, limit, parsed.GetValue(single));
            grid.Save(path);
            parsed.InvocationConfiguration.Output.WriteLine(
                $"{Math.Min(shown, files.Count)} of {files.Count} images are in {path}"
            );
            return ExitCodes.Success;
        });
        return command;
    }

    private static SampleGrid Draw(IReadOnlyList<string> files, int columns, int limit, bool single)
    {
        columns = Math.Min(columns, files.Count);
        string[] headings = single ? [""] : ["A", "B"];
        var grid = new SampleGrid([.. Enumerable.Repeat(headings, columns).SelectMany(h => h)]);
        foreach (var row in files.Chunk(columns))
        {
            var images = row.SelectMany(file => single ? [ImageDecoder.Decode(file)] : Both(file))
                .Select(p => Shrink(p, limit))
                .ToList();
            // The last row may be short.
            while (images.Count < columns * headings.Length)
                images.Add(RgbImage.Filled(1, 1, 255, 255, 255));
            grid.AddLabelled(string.Join(", ", row.Select(Path.GetFileName)), images);
        }
        return grid;
    }

    private static RgbImage[] Both(string file)
    {
        var (a, b) = ImageDecoder.Decode(file).SplitPair(file);
        return [a, b];
    }

    private static RgbImage Shrink(RgbImage image, int limit) =>
        image.Width <= limit
            ? image
            : image.Resize(limit, Math.Max(1, (int)((long)image.Height * limit / image.Width)));

    private static IReadOnlyList<string> Spread(IReadOnlyList<string> files, int count) =>
        files.Count <= count
            ? files
            : [.. Enumerable.Range(0, count).Select(i => files[(int)((long)i * files.Count / count)])];

    private static int Positive(int value, string option) =>
        value > 0
            ? value
            : throw new UserError(
                string.Create(CultureInfo.InvariantCulture, $"{option} must be 1 or more; got {value}.")
            );
}
