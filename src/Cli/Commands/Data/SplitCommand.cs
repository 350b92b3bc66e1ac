using System.CommandLine;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data split</c>: side-by-side pairs into two folders.</summary>
internal static class SplitCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data", "-d")
        {
            Description = "Side-by-side pairs.",
            HelpName = "FOLDER",
            Required = true,
        };
        var a = new Option<string>("--a")
        {
            Description = "Folder for the left halves.",
            HelpName = "FOLDER",
            Required = true,
        };
        var b = new Option<string>("--b")
        {
            Description = "Folder for the right halves.",
            HelpName = "FOLDER",
            Required = true,
        };
        var command = new ImtCommand(
            "split",
            "Cut side-by-side pairs into two folders, as PNG. The inverse of combine.",
            "imt data split --data facades/train --a photos --b labels"
        ).With((ReadOnlySpan<Option>)[data, a, b]);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var count = DatasetTools.SplitPairs(
                    parsed.GetRequiredValue(data),
                    parsed.GetRequiredValue(a),
                    parsed.GetRequiredValue(b),
                    cancellation
                );
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"{count} images each are in {parsed.GetRequiredValue(a)} and {parsed.GetRequiredValue(b)}"
                );
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }
}
