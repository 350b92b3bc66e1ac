using System.CommandLine;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train pix2pix</c>.</summary>
internal static class Pix2PixCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() =>
        TrainCommand.Build(
            "pix2pix",
            "Learn from image pairs with a conditional GAN and an L1 loss.",
            Binder(),
            TrainingPresets.Pix2Pix,
            () => new(),
            (options, progress, token) => new Pix2PixTrainer(options).Train(progress, token),
            needsData: true,
            "Pairs are side-by-side images in DATA/train or DATA, or images of the same names in DATA/trainA and "
                + "DATA/trainB. Images in DATA/val are for validation.",
            "imt train pix2pix --data facades --output runs/facades --direction BtoA",
            "imt train pix2pix --preset maps --data maps --output runs/maps --resume",
            "imt train pix2pix --data pairs --output runs/small --generator unet-128 --load-size 128 --crop-size 128 "
                + "--no-flip --epochs 10 --decay-epochs 10"
        );

    /// <summary>Builds the command for pix2pixHD, whose runs are runs of pix2pix.</summary>
    public static Command CreateHd() =>
        TrainCommand.Build(
            "pix2pixhd",
            "Learn from image pairs with pix2pixHD: several discriminators and feature matching.",
            Binder(),
            TrainingPresets.Pix2PixHd,
            CreateHdOptions,
            (options, progress, token) => new Pix2PixTrainer(options).Train(progress, token),
            needsData: true,
            "pix2pix with other defaults: --generator pix2pixhd, --discriminator pix2pixhd-patch, --norm instance, "
                + "--discriminator-scales 2, --gan-mode lsgan, --lambda-l1 0, --lambda-features 10, --load-size and "
                + "--crop-size 1024x512. --preset pix2pixhd-local adds the local enhancer, for 2048x1024. Pairs as for "
                + "pix2pix; --label-palette or --label-count, and --instances, make planes of label images.",
            "imt train pix2pixhd --data cityscapes --label-count 35 --output runs/cityscapes",
            "imt train pix2pixhd --preset pix2pixhd-local --data cityscapes --label-count 35 --output runs/large"
        );

    private static Pix2PixTrainer.Options CreateHdOptions()
    {
        var options = new Pix2PixTrainer.Options();
        options.UsePix2PixHd();
        return options;
    }

    private static OptionBinder<Pix2PixTrainer.Options> Binder() =>
        new OptionBinder<Pix2PixTrainer.Options>()
            .Common()
            .Generator()
            .Paired()
            .Adversarial()
            .Value<double>(
                "--lambda-l1",
                "Weight of the L1 loss (default: 100).",
                (o, v) => o.L1Weight = v,
                "--lambda_L1"
            )
            .Value<double>(
                "--lambda-features",
                "Weight of the feature matching loss (default: 0).",
                (o, v) => o.FeatureMatchingWeight = v,
                "--lambda_feat"
            )
            .Switch(
                "--separate-updates",
                "Update the discriminator on real images, then on generated ones, as the Keras tutorial does.",
                o => o.SeparateDiscriminatorUpdates = true
            )
            .Switch(
                "--second-pass",
                "Generate images again, with new dropout, for the generator's update, as the Keras tutorial does.",
                o => o.SecondGeneratorPass = true
            )
            .Value<string>(
                "--initial-discriminator",
                "File with initial weights of the discriminator (safetensors or PyTorch).",
                (o, v) => o.InitialDiscriminator = v
            );
}
