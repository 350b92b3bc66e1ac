using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

// Options of trainers on pairs and on unpaired sets.
internal static partial class TrainingBindings
{
    /// <summary>Options of the trainers on pairs.</summary>
    public static OptionBinder<T> Paired<T>(this OptionBinder<T> binder)
        where T : PairedOptions =>
        binder
            .Value<PairLayout>(
                "--layout",
                "aligned: image pairs. colorization: single images, from gray to colour (default: aligned).",
                (o, v) => o.Layout = v,
                "--dataset_mode"
            )
            .Value<string>(
                "--label-palette",
                "Sources are label images: palette file with a line 'red green blue name' for every class.",
                (o, v) => o.LabelPaletteFile = v
            )
            .Value<int>(
                "--label-count",
                "Sources are gray label images with this many classes, numbered from 0. 0: they are no label images.",
                (o, v) => o.LabelCount = v == 0 ? null : v,
                "--label_nc"
            )
            .Value<string>(
                "--instances",
                "Folder of instance images with the names of the label images, for a plane of edges.",
                (o, v) => o.InstanceFolder = v
            )
            .Conflict("--label-palette", "--label-count")
            .Value<double>(
                "--lambda-tv",
                "Weight of the total variation loss (default: 0).",
                (o, v) => o.TotalVariationWeight = v
            )
            .Value<double>(
                "--lambda-perceptual",
                "Weight of the perceptual loss (default: 0). Needs --vgg.",
                (o, v) => o.PerceptualWeight = v
            )
            .Value<string>(
                "--vgg",
                "File with torchvision's VGG16 weights, for the perceptual loss and the encoder of vgg16-unet.",
                (o, v) => o.VggWeights = v
            );

    /// <summary>Options of the trainers on two unpaired sets.</summary>
    public static OptionBinder<T> Unpaired<T>(this OptionBinder<T> binder)
        where T : UnpairedOptions =>
        binder
            .Value<string>("--data-a", "Folder of set A, instead of trainA in --data.", (o, v) => o.SourceFolder = v)
            .Value<string>("--data-b", "Folder of set B, instead of trainB in --data.", (o, v) => o.TargetFolder = v)
            .Value<int>(
                "--pool-size",
                "Generated images to remember for the discriminators (default: 50; CUT: 0).",
                (o, v) => o.PoolSize = v,
                "--pool_size"
            );

    /// <summary>Options of the trainers that translate both ways between two unpaired sets.</summary>
    public static OptionBinder<T> TwoWay<T>(this OptionBinder<T> binder)
        where T : TwoWayOptions =>
        binder
            .Common()
            .Generator()
            .Adversarial()
            .Unpaired()
            .Value<string>(
                "--initial-reverse-generator",
                "File with initial weights of the generator from B to A.",
                (o, v) => o.InitialReverseGenerator = v
            );

    /// <summary>Options of the trainers that translate one way between two unpaired sets.</summary>
    public static OptionBinder<T> OneSided<T>(this OptionBinder<T> binder)
        where T : OneSidedOptions =>
        binder
            .Common()
            .Generator()
            .Adversarial()
            .Unpaired()
            .Value<double>(
                "--lambda-gan",
                "Weight of the adversarial loss (default: 1).",
                (o, v) => o.AdversarialWeight = v,
                "--lambda_GAN"
            )
            .Value<string>(
                "--initial-discriminator",
                "File with initial weights of the discriminator (safetensors or PyTorch).",
                (o, v) => o.InitialDiscriminator = v
            );
}
