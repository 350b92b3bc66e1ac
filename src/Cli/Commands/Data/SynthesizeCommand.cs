using System.CommandLine;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data synthesize</c>: a paired dataset from a seed.</summary>
internal static class SynthesizeCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the dataset. Created if missing.",
            HelpName = "FOLDER",
            Required = true,
        };
        var train = new Option<int>("--train") { Description = "Training pairs.", DefaultValueFactory = _ => 400 };
        var validation = new Option<int>("--val") { Description = "Validation pairs.", DefaultValueFactory = _ => 40 };
        var size = new Option<int>("--size")
        {
            Description = "Side of the images in pixels, 32 to 1024.",
            DefaultValueFactory = _ => 128,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Seed of the first pair. The following pairs count up from it.",
            DefaultValueFactory = _ => 1L,
        };
        var labels = new Option<bool>("--labels")
        {
            Description =
                "Label images in place of maps, with their palette in palette.txt and instance images in instances.",
        };
        var command = new ImtCommand(
            "synthesize",
            "Generate pairs of aerial photograph and street map, or label image. The same seed gives the same files.",
            "imt data synthesize --output pairs",
            "imt data synthesize --output large --size 256 --train 1000 --val 100 --seed 7",
            "imt data synthesize --output city --labels"
        )
        {
            Notes =
                "Each file is a side-by-side pair: the photograph on the left (A), the map on the right (B). Colour "
                + "alone does not solve the task:\n"
                + "roofs look like streets or water, fields look like parks, and every image has its own colour cast.",
        }.With((ReadOnlySpan<Option>)[output, train, validation, size, seed, labels]);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var folder = parsed.GetRequiredValue(output);
                if (File.Exists(folder))
                    throw new UserError($"--output '{folder}' is a file; expected a folder.");
                Require(train, 1, int.MaxValue, "1 or more");
                Require(validation, 0, int.MaxValue, "0 or more");
                Require(size, 32, 1024, "32 to 1024");
                Action<string, int, int, int, long, CancellationToken> write = parsed.GetValue(labels)
                    ? AerialMapSynthesizer.WriteLabelDataset
                    : AerialMapSynthesizer.WriteDataset;
                write(
                    folder,
                    parsed.GetValue(train),
                    parsed.GetValue(validation),
                    parsed.GetValue(size),
                    parsed.GetValue(seed),
                    cancellation
                );
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"{parsed.GetValue(train)} training and {parsed.GetValue(validation)} validation pairs of "
                        + $"{parsed.GetValue(size)}x{parsed.GetValue(size)} are in {folder}"
                );
                if (parsed.GetValue(labels))
                    parsed.InvocationConfiguration.Output.WriteLine(
                        $"To train on the labels: --data {folder} --direction BtoA --label-palette "
                            + $"{Path.Combine(folder, "palette.txt")} (--instances {Path.Combine(folder, "instances")})"
                    );
                return Task.FromResult(ExitCodes.Success);

                void Require(Option<int> option, int least, int most, string expected)
                {
                    if (parsed.GetValue(option) is var value && (value < least || value > most))
                        throw new UserError(
                            FormattableString.Invariant($"{option.Name}: expected {expected}, but got {value}.")
                        );
                }
            }
        );
        return command;
    }
}
