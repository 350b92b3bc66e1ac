using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data</c>: make, look at, check and change datasets.</summary>
internal static class DataCommand
{
    /// <summary>Builds the group.</summary>
    public static Command Create() =>
        new ImtCommand("data", "Generate, show, check and convert datasets.").With(
            (ReadOnlySpan<Command>)
                [
                    SynthesizeCommand.Create(),
                    ShowCommand.Create(),
                    DataCheckCommand.Create(),
                    CombineCommand.Create(),
                    SplitCommand.Create(),
                    FilterCommands.CreateSketch(),
                    FilterCommands.CreateGray(),
                    FilterCommands.CreateDownscale(),
                    SplitTrainValidationCommand.Create(),
                    CacheCommand.Create(),
                ]
        );
}
