using System.CommandLine;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli.Train;

/// <summary><c>imt train regression</c>.</summary>
internal static class RegressionCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var binder = new OptionBinder<RegressionTrainer.Options>().Common().Generator()
            .Value<PairLayout>("--layout", "aligned: pairs. colorization: single pictures, from their luma to colour (default aligned).", (o, v) => o.Layout = v, "--dataset_mode")
            .Value<TranslationDirection>("--direction", "Which picture is the source (default AtoB).", (o, v) => o.Direction = v)
            .Value<ReconstructionLoss>("--loss", "What is minimised: l1 or l2 (default l1).", (o, v) => o.Loss = v)
            .Value<double>("--lambda-ssim", "Weight of one minus SSIM (default 0).", (o, v) => o.StructureWeight = v)
            .Value<double>("--lambda-tv", "Weight of the total variation (default 0).", (o, v) => o.TotalVariationWeight = v)
            .Value<double>("--lambda-perceptual", "Weight of the perceptual distance (default 0; needs --vgg).", (o, v) => o.PerceptualWeight = v)
            .Value<string>("--vgg", "File with torchvision's VGG16 weights: for vgg16-unet's encoder and the perceptual distance.", (o, v) => o.VggWeights = v)
            .Value<int>("--unfreeze-after", "Train the encoder's top blocks, too, after so many epochs.", (o, v) => o.UnfreezeAfterEpochs = v)
            .Value<int>("--unfreeze-blocks", "How many blocks (default 1).", (o, v) => o.UnfreezeBlocks = v)
            .Value<double>("--unfrozen-rate", "Their learning rate, as a share of the others' (default 0.1).", (o, v) => o.UnfrozenRate = v)
            .Value<string>("--initial-generator", "File with the generator's initial weights.", (o, v) => o.InitialGenerator = v);
        return TrainCommand.Build("regression", "Learn from picture pairs by a distance alone, without a discriminator.", binder, TrainingPresets.Regression, () => new(),
            (options, progress, token) => new RegressionTrainer(options).Train(progress, token), needsData: true,
            "Data as for pix2pix. With --generator vgg16-unet the encoder is VGG16, frozen at first.",
            "imt train regression --data maps --output runs/unet --generator plain-unet",
            "imt train regression --data maps --output runs/transfer --generator vgg16-unet --vgg vgg16.safetensors --unfreeze-after 20");
    }
}
