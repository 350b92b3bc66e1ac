using System.CommandLine;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train bigan</c>.</summary>
internal static class BiGanCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var binder = new OptionBinder<BiGanTrainer.Options>()
            .TwoWay()
            .Value<string>(
                "--initial-discriminator",
                "File with initial weights of the discriminator of pairs.",
                (o, v) => o.InitialDiscriminator = v
            );
        return TrainCommand.Build(
            "bigan",
            "Learn to translate between two sets of unpaired images, both ways, by one discriminator of pairs.",
            binder,
            TrainingPresets.BiGan,
            () => new(),
            (options, progress, token) => new BiGanTrainer(options).Train(progress, token),
            needsData: false,
            TrainCommand.UnpairedImages + " Both generators are exported: model_ab.onnx and model_ba.onnx.",
            "imt train bigan --data horse2zebra --output runs/horse2zebra"
        );
    }
}
