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
            .Value<ReconstructionLoss>("--loss", "Loss to minimize (default: l1).", (o, v) => o.Loss = v)
            .Value<double>(
                "--lambda-ssim",
                "Weight of the SSIM loss, one minus SSIM (default: 0).",
                (o, v) => o.StructureWeight = v
            )
            .Value<int>(
                "--unfreeze-after",
                "Epochs after which the top blocks of the encoder are trained as well.",
                (o, v) => o.UnfreezeAfterEpochs = v
            )
            .Value<int>(
                "--unfreeze-blocks",
                "Number of encoder blocks to train then (default: 1).",
                (o, v) => o.UnfreezeBlocks = v
            )
            .Value<double>(
                "--unfrozen-rate",
                "Learning rate of those blocks, as a share of the learning rate (default: 0.1).",
                (o, v) => o.UnfrozenRate = v
            );
        return TrainCommand.Build(
            "regression",
            "Learn from image pairs with a pixel loss alone, without a discriminator.",
            binder,
            TrainingPresets.Regression,
            () => new(),
            (options, progress, token) => new RegressionTrainer(options).Train(progress, token),
            needsData: true,
            "Data as for pix2pix. The encoder of vgg16-unet is VGG16; it is frozen until --unfreeze-after.",
            "imt train regression --data maps --output runs/unet --generator plain-unet",
            "imt train regression --data maps --output runs/transfer --generator vgg16-unet --vgg vgg16.safetensors "
                + "--unfreeze-after 20"
        );
    }
}
