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
        var style = new Option<SketchStyle>("--style")
        {
            Description = "pencil (soft strokes) or edges (black lines).",
            DefaultValueFactory = _ => SketchStyle.Pencil,
        };
        var strength = new Option<double>("--strength")
        {
            Description = "1 as usual, more for darker lines.",
            DefaultValueFactory = _ => 1.0,
        };
        return Create(
            "sketch",
            "Draw photographs as sketches, or make \"sketch | photograph\" pairs.",
            [style, strength],
            parsed => image => PhotoFilters.Sketch(image, parsed.GetValue(style), parsed.GetValue(strength)),
            "imt data sketch --data photos --output pairs/train --pairs --size 256",
            "imt data sketch --data photos --output drawings --style edges"
        );
    }

    /// <summary>Builds <c>gray</c>.</summary>
    public static Command CreateGray() =>
        Create(
            "gray",
            "Take the colour out of photographs, or make \"gray | colour\" pairs.",
            [],
            _ => PhotoFilters.Gray,
            "imt data gray --data photos --output pairs/train --pairs --size 256"
        );

    /// <summary>Builds <c>downscale</c>.</summary>
    public static Command CreateDownscale()
    {
        var factor = new Option<int>("--factor")
        {
            Description = "How much detail is lost, 2 or more.",
            DefaultValueFactory = _ => 4,
        };
        return Create(
            "downscale",
            "Shrink photographs and enlarge them again, or make \"blurred | sharp\" pairs.",
            [factor],
            parsed => image => PhotoFilters.Downscale(image, parsed.GetValue(factor)),
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
        var data = new Option<string>("--data", "-d") { Description = "Folder of photographs.", Required = true };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder of the results (PNG); made where it is missing.",
            Required = true,
        };
        var pairs = new Option<bool>("--pairs")
        {
            Description = "Write side-by-side pairs: the result at left (A), the photograph at right (B).",
        };
        var size = new Option<int?>("--size")
        {
            Description = "Crop to a square and resize to this side first; otherwise sizes stay.",
        };
        var command = new ImtCommand(name, description, examples).With(
            (ReadOnlySpan<Option>)[data, output, pairs, size, .. own]
        );
        command.SetAction(
            (parsed, cancellation) =>
            {
                var folder = parsed.GetRequiredValue(output);
                var count = FolderFilter.Apply(
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
