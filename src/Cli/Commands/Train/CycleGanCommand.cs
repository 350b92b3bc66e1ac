using System.CommandLine;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train cyclegan</c>.</summary>
internal static class CycleGanCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var binder = new OptionBinder<CycleGanTrainer.Options>()
            .TwoWay()
            .Value<double>(
                "--lambda-a",
                "Weight of the cycle from A to B to A (default: 10).",
                (o, v) => o.CycleWeightA = v,
                "--lambda_A"
            )
            .Value<double>(
                "--lambda-b",
                "Weight of the cycle from B to A to B (default: 10).",
                (o, v) => o.CycleWeightB = v,
                "--lambda_B"
            )
            .Value<double>(
                "--lambda-identity",
                "Weight of the identity loss, as a share of the cycle weights (default: 0.5).",
                (o, v) => o.IdentityWeight = v,
                "--lambda_identity"
            )
            .Value<string>(
                "--initial-discriminator",
                "File with initial weights of the discriminator of B images.",
                (o, v) => o.InitialDiscriminator = v
            )
            .Value<string>(
                "--initial-reverse-discriminator",
                "File with initial weights of the discriminator of A images.",
                (o, v) => o.InitialReverseDiscriminator = v
            );
        return TrainCommand.Build(
            "cyclegan",
            "Learn to translate between two sets of unpaired images, both ways.",
            binder,
            TrainingPresets.CycleGan,
            () => new(),
            (options, progress, token) => new CycleGanTrainer(options).Train(progress, token),
            needsData: false,
            TrainCommand.UnpairedImages + " Both generators are exported: model_ab.onnx and model_ba.onnx.",
            "imt train cyclegan --data horse2zebra --output runs/horse2zebra",
            "imt train cyclegan --preset keras-cyclegan --data-a summer --data-b winter --output runs/seasons"
        );
    }
}
