using System.CommandLine;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data combine</c>: two folders into side-by-side pairs.</summary>
internal static class CombineCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var a = new Option<string>("--a")
        {
            Description = "Left images.",
            HelpName = "FOLDER",
            Required = true,
        };
        var b = new Option<string>("--b")
        {
            Description = "Right images, with the same names. Extensions may differ.",
            HelpName = "FOLDER",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the pairs. Created if missing.",
            HelpName = "FOLDER",
            Required = true,
        };
        var resize = new Option<bool>("--resize")
        {
            Description = "Resize right images to their partner's size. Without it, different sizes are an error.",
        };
        var command = new ImtCommand(
            "combine",
            "Join the images of two folders into side-by-side pairs, as PNG.",
            "imt data combine --a photos --b drawings --output pairs/train"
        ).With((ReadOnlySpan<Option>)[a, b, output, resize]);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var count = DatasetTools.CombinePairs(
                    parsed.GetRequiredValue(a),
                    parsed.GetRequiredValue(b),
                    parsed.GetRequiredValue(output),
                    parsed.GetValue(resize),
                    cancellation
                );
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"{count} pairs are in {parsed.GetRequiredValue(output)}"
                );
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }
}
