using System.CommandLine;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train feature-gan</c>.</summary>
internal static class FeatureGanCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var binder = new OptionBinder<FeatureGanTrainer.Options>()
            .OneSided()
            .Value<string>(
                "--vgg",
                "File with torchvision's VGG16 weights (safetensors or PyTorch).",
                (o, v) => o.VggWeights = v
            )
            .Value<double>(
                "--lambda-features",
                "Weight of the distance between VGG16's features of output and input (default: 1).",
                (o, v) => o.FeatureWeight = v
            );
        return TrainCommand.Build(
            "feature-gan",
            "Learn to translate one way between two sets of unpaired images, staying near the input's VGG16 features.",
            binder,
            TrainingPresets.FeatureGan,
            () => new(),
            (options, progress, token) => new FeatureGanTrainer(options).Train(progress, token),
            needsData: false,
            TrainCommand.UnpairedImages + " Features are taken after relu4_2.",
            "imt train feature-gan --data horse2zebra --vgg vgg16.safetensors --output runs/horse2zebra"
        );
    }
}
