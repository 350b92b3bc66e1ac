using System.CommandLine;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data sketch</c>, <c>gray</c>, <c>downscale</c>: training pairs from one's own photographs.</summary>
internal static class FilterCommands
{
    /// <summary>Builds <c>sketch</c>.</summary>
    public static Command CreateSketch()
    {
        var style = new WordOption<SketchStyle?>("--style")
        {
            Description = "Soft pencil strokes or black edges (default: pencil).",
        };
        var strength = new Option<double>("--strength")
        {
            Description = "Darkness of the lines.",
            DefaultValueFactory = _ => 1.0,
        };
        return Create(
            "sketch",
            "Turn photographs into sketches, or into pairs of sketch and photograph.",
            [style, strength],
            parsed =>
                image =>
                    parsed.GetValue(style) == SketchStyle.Edges
                        ? DatasetTools.Edges(image, parsed.GetValue(strength))
                        : DatasetTools.Pencil(image, parsed.GetValue(strength)),
            "imt data sketch --data photos --output pairs/train --pairs --size 256",
            "imt data sketch --data photos --output drawings --style edges"
        );
    }

    /// <summary>Builds <c>gray</c>.</summary>
    public static Command CreateGray() =>
        Create(
            "gray",
            "Turn photographs gray, or into pairs of gray and colour.",
            [],
            _ => image => image.ToGray(),
            "imt data gray --data photos --output pairs/train --pairs --size 256"
        );

    /// <summary>Builds <c>downscale</c>.</summary>
    public static Command CreateDownscale()
    {
        var factor = new Option<int>("--factor")
        {
            Description = "Shrink by this factor, 2 or more.",
            DefaultValueFactory = _ => 4,
        };
        return Create(
            "downscale",
            "Blur photographs by shrinking and enlarging, or make pairs of blurred and sharp.",
            [factor],
            parsed => image => DatasetTools.Downscale(image, parsed.GetValue(factor)),
            "imt data downscale --data photos --output pairs/train --pairs --factor 4 --size 256"
        );
    }

    private static ImtCommand Create(
        string name,
        string description,
        Option[] own,
        Func<ParseResult, Func<RgbImage, RgbImage>> filter,
        params string[] examples
    )
    {
        var data = new Option<string>("--data", "-d")
        {
            Description = "Photographs.",
            HelpName = "FOLDER",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the results, as PNG. Created if missing.",
            HelpName = "FOLDER",
            Required = true,
        };
        var pairs = new Option<bool>("--pairs")
        {
            Description = "Write side-by-side pairs: the result on the left (A), the photograph on the right (B).",
        };
        var size = new Option<int?>("--size")
        {
            Description = "First crop to a square and resize to this side (default: keep the size).",
        };
        var command = new ImtCommand(name, description, examples).With(
            (ReadOnlySpan<Option>)[data, output, pairs, size, .. own]
        );
        command.SetAction(
            (parsed, cancellation) =>
            {
                var folder = parsed.GetRequiredValue(output);
                var count = DatasetTools.Filter(
                    parsed.GetRequiredValue(data),
                    folder,
                    filter(parsed),
                    parsed.GetValue(pairs),
                    parsed.GetValue(size),
                    cancellation
                );
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"{count} {(parsed.GetValue(pairs) ? "pairs" : "images")} are in {folder}"
                );
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }
}
