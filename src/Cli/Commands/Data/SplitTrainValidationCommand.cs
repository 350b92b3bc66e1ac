using System.CommandLine;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data split-train-val</c>: hold images back for validation.</summary>
internal static class SplitTrainValidationCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data", "-d")
        {
            Description = "Side-by-side pairs, single images, or the A images of pairs.",
            HelpName = "FOLDER",
            Required = true,
        };
        var b = new Option<string?>("--b")
        {
            Description = "The B images of pairs, with the same names.",
            HelpName = "FOLDER",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for train and val (or trainA, trainB, valA, valB).",
            HelpName = "FOLDER",
            Required = true,
        };
        var share = new Option<double>("--val")
        {
            Description = "Fraction to use for validation, between 0 and 1.",
            DefaultValueFactory = _ => 0.1,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Seed of the random choice.",
            DefaultValueFactory = _ => 1L,
        };
        var command = new ImtCommand(
            "split-train-val",
            "Copy images into a training and a validation folder at random.",
            "imt data split-train-val --data pairs --output dataset --val 0.1",
            "imt data split-train-val --data photos --b maps --output dataset"
        ).With((ReadOnlySpan<Option>)[data, b, output, share, seed]);
        command.SetAction(parsed =>
        {
            var (train, validation) = DatasetTools.SplitTrainValidation(
                parsed.GetRequiredValue(data),
                parsed.GetValue(b),
                parsed.GetRequiredValue(output),
                parsed.GetValue(share),
                parsed.GetValue(seed)
            );
            parsed.InvocationConfiguration.Output.WriteLine(
                $"{train} for training and {validation} for validation are in {parsed.GetRequiredValue(output)}"
            );
            return ExitCodes.Success;
        });
        return command;
    }
}
