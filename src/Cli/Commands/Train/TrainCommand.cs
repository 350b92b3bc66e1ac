using System.CommandLine;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train</c>: one subcommand for every trainer.</summary>
internal static class TrainCommand
{
    /// <summary>Where trainers on two sets find their images: a sentence for their help.</summary>
    public const string UnpairedImages =
        "Images are in DATA/trainA and DATA/trainB, or in any two folders (--data-a, --data-b).";

    /// <summary>Builds the group.</summary>
    public static Command Create() =>
        new ImtCommand(
            "train",
            "Train a generator from pairs (pix2pix, regression) or from two unpaired sets (the others).",
            "imt train pix2pix --data facades --output runs/facades --direction BtoA"
        ).With(
            Pix2PixCommand.Create(),
            Pix2PixCommand.CreateHd(),
            CycleGanCommand.Create(),
            BiGanCommand.Create(),
            CutCommand.Create(),
            CutCommand.CreateFast(),
            SimGanCommand.Create(),
            FeatureGanCommand.Create(),
            CoGanCommand.Create(),
            RegressionCommand.Create()
        );

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
            Description = "Start from a named set of options. Options on the command line override it.",
            HelpName = string.Join("|", presets.Keys),
        };
        string names = string.Join(", ", presets.Keys);
        preset.CustomParser = argument =>
            Tokens.Parse<string?>(argument, text => presets.ContainsKey(text) ? text : null, "one of " + names);
        preset.CompletionSources.Add([.. presets.Keys]);
        var config = new Option<string?>("--config")
        {
            Description =
                "Start from a file of options: the options.json of a run, edited or not. Options on the command line "
                + "override it.",
            HelpName = "FILE",
        };
        var command = new ImtCommand(name, description, examples)
        {
            Notes =
                notes
                + "\nThe first Ctrl-C finishes the step and saves a checkpoint (exit code 130; 143 after SIGTERM). "
                + "--resume continues from there with the options of the run."
                + "\nThe option names of pytorch-CycleGAN-and-pix2pix (--netG, --lambda_L1, --n_epochs) work as well.",
        }
            .With(config, preset)
            .With([.. binder.Options]);
        command.SetAction(
            (parsed, cancellation) =>
                Task.Run(
                    () =>
                    {
                        TrainingProcess.Tune();
                        var options = Options(parsed, binder, create, config, preset, presets);
                        if (options.DataFolder is null && needsData)
                            throw new UserError("--data is missing: the folder to learn from.");
                        if (options.OutputFolder is not { } runFolder)
                            throw new UserError("--output is missing: the folder that the run is written to.");
                        return Train(runFolder, parsed, view => train(options, view, cancellation));
                    },
                    CancellationToken.None
                )
        );
        return command;
    }

    // Defaults, then the preset or the file or the run that goes on, then the command line.
    private static T Options<T>(
        ParseResult parsed,
        OptionBinder<T> binder,
        Func<T> create,
        Option<string?> config,
        Option<string?> preset,
        IReadOnlyDictionary<string, Action<T>> presets
    )
        where T : TrainingOptions, new()
    {
        binder.CheckConflicts(parsed);
        var given = create();
        binder.Apply(parsed, given);
        var (file, chosen) = (parsed.GetValue(config), parsed.GetValue(preset));
        if (file is not null && chosen is not null)
            throw new UserError("--config and --preset both say where to begin; give one of them.");
        // What a resumed run is not told again, it has from its folder.
        bool goesOn = given is { Resume: true, OutputFolder: { } run } && new RunFolder(run).Exists;
        var options =
            file is not null ? TrainingOptions.FromFile<T>(file)
            : goesOn ? TrainingOptions.FromRun<T>(given.OutputFolder!)
            : create();
        if (chosen is not null)
            presets[chosen](options);
        binder.Apply(parsed, options);
        return options;
    }

    private static int Train(
        string runFolder,
        ParseResult parsed,
        Func<IProgress<TrainingProgress>, TrainingResult> train
    )
    {
        var console = parsed.InvocationConfiguration;
        var folder = new NewRunFolder(runFolder);
        try
        {
            var result = TerminalProgress.Run(
                console.Output,
                "preparing",
                terminal =>
                    train(
                        new TrainingConsole(
                            console.Output,
                            terminal,
                            message => OptionNames.Translate(message, parsed.CommandResult)
                        )
                    )
            );
            TrainingConsole.Finish(result, runFolder, console.Output);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("Interrupted. The same command with --resume goes on.");
            throw;
        }
        catch (NotFiniteNumberException exception)
        {
            console.Error.WriteLine("imt: " + exception.Message);
            return ExitCodes.Failure;
        }
        finally
        {
            folder.DeleteIfUnused();
        }
    }
}
