using System.CommandLine;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train</c>: one subcommand for every trainer.</summary>
internal static class TrainCommand
{
    /// <summary>Builds the group.</summary>
    public static Command Create() =>
        new ImtCommand(
            "train",
            "Train a generator: pix2pix, cyclegan or regression.",
            "imt train pix2pix --data facades --output runs/facades --direction BtoA"
        ).With(Pix2PixCommand.Create(), CycleGanCommand.Create(), RegressionCommand.Create());

    /// <summary>Builds the command of a trainer.</summary>
    public static Command Build<T>(
        string name,
        string description,
        OptionBinder<T> binder,
        IReadOnlyDictionary<string, Action<T>> presets,
        Func<T> create,
        Func<T, IProgress<TrainingProgress>, CancellationToken, TrainingResult> train,
        bool needsData,
        string notes,
        params string[] examples
    )
        where T : TrainingOptions, new()
    {
        var preset = new Option<string?>("--preset")
        {
            Description = "Begin with the options of a preset; others on the command line win.",
            HelpName = string.Join("|", presets.Keys),
        };
        preset.AcceptOnlyFromAmong([.. presets.Keys]);
        var command = new ImtCommand(name, description, examples)
        {
            Notes =
                notes
                + " The first Ctrl-C finishes the step and saves a checkpoint (exit code 130, 143 for SIGTERM); "
                + "--resume goes on from there, with the options of the run. Names of the reference implementation "
                + "(--netG, --lambda_L1, --n_epochs ...) are understood.",
        }
            .With(preset)
            .With([.. binder.Options]);
        command.SetAction(
            (parsed, cancellation) =>
                Task.Run(
                    () =>
                    {
                        TrainingProcess.Tune();
                        var options = create();
                        binder.Apply(parsed, options);
                        // What a resumed run is not told again, it has from its folder.
                        var begin =
                            options is { Resume: true, OutputFolder: { } run } && new RunFolder(run).Exists
                                ? TrainingOptions.FromRun<T>(run)
                                : create();
                        if (parsed.GetValue(preset) is { } chosen)
                            presets[chosen](begin);
                        binder.Apply(parsed, options = begin);
                        if (options.DataFolder is null && needsData)
                            throw new UserError("--data is missing: the folder to learn from.");
                        if (options.OutputFolder is null)
                            throw new UserError("--output is missing: the folder that the run is written to.");
                        var console = new TrainingConsole(parsed.InvocationConfiguration.Output);
                        try
                        {
                            console.Finish(train(options, console, cancellation));
                            return ExitCodes.Success;
                        }
                        catch (TrainingFailedException exception)
                        {
                            parsed.InvocationConfiguration.Error.WriteLine("imt: " + exception.Message);
                            return ExitCodes.Failure;
                        }
                    },
                    CancellationToken.None
                )
        );
        return command;
    }
}
