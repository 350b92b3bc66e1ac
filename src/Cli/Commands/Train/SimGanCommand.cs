using System.CommandLine;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train simgan</c>.</summary>
internal static class SimGanCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var binder = new OptionBinder<SimGanTrainer.Options>()
            .OneSided()
            .Value<double>(
                "--lambda-self",
                "Weight of the L1 distance between output and input (default: 1).",
                (o, v) => o.SelfRegularizationWeight = v
            );
        return TrainCommand.Build(
            "simgan",
            "Learn to translate one way between two sets of unpaired images, staying near the input's pixels.",
            binder,
            TrainingPresets.SimGan,
            () => new(),
            (options, progress, token) => new SimGanTrainer(options).Train(progress, token),
            needsData: false,
            TrainCommand.UnpairedImages,
            "imt train simgan --data horse2zebra --output runs/horse2zebra"
        );
    }
}
