using System.CommandLine;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train regression</c>.</summary>
internal static class RegressionCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var binder = new OptionBinder<RegressionTrainer.Options>()
            .Common()
            .Generator()
            .Paired()
            .Value<ReconstructionLoss>("--loss", "What is minimised: l1 or l2 (default l1).", (o, v) => o.Loss = v)
            .Value<double>("--lambda-ssim", "Weight of one minus SSIM (default 0).", (o, v) => o.StructureWeight = v)
            .Value<int>(
                "--unfreeze-after",
                "Train the encoder's top blocks, too, after so many epochs.",
                (o, v) => o.UnfreezeAfterEpochs = v
            )
            .Value<int>("--unfreeze-blocks", "How many blocks (default 1).", (o, v) => o.UnfreezeBlocks = v)
            .Value<double>(
                "--unfrozen-rate",
                "Their learning rate, as a share of the others' (default 0.1).",
                (o, v) => o.UnfrozenRate = v
            );
        return TrainCommand.Build(
            "regression",
            "Learn from image pairs by a distance alone, without a discriminator.",
            binder,
            TrainingPresets.Regression,
            () => new(),
            (options, progress, token) => new RegressionTrainer(options).Train(progress, token),
            needsData: true,
            "Data as for pix2pix. With --generator vgg16-unet the encoder is VGG16, frozen at first.",
            "imt train regression --data maps --output runs/unet --generator plain-unet",
            "imt train regression --data maps --output runs/transfer --generator vgg16-unet --vgg vgg16.safetensors "
                + "--unfreeze-after 20"
        );
    }
}
