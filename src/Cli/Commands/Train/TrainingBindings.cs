using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>The options that trainers share, under our names and the reference's.</summary>
internal static class TrainingBindings
{
    /// <summary>Options of every trainer.</summary>
    public static OptionBinder<T> Common<T>(this OptionBinder<T> binder)
        where T : TrainingOptions =>
        binder
            .Value<string>("--data", "Dataset folder.", (o, v) => o.DataFolder = v, "--dataroot")
            .Value<string>(
                "--output",
                "Run folder: receives options, log, samples, snapshots, checkpoints and the model.",
                (o, v) => o.OutputFolder = v,
                "-o"
            )
            .Switch(
                "--resume",
                "Continue from the last checkpoint of the run folder.",
                o => o.Resume = true,
                "--continue_train"
            )
            .Switch(
                "--allow-changed-data",
                "Continue even though the training files are not those that the run began with.",
                o => o.AllowChangedData = true
            )
            .Switch(
                "--allow-changed-epochs",
                "With --resume: train for other --epochs and --decay-epochs than the run has, even if it is finished.",
                o => o.AllowChangedEpochs = true
            )
            .Switch(
                "--allow-moved-data",
                "With --resume: the training files were moved to --data; they have to be the same files.",
                o => o.AllowMovedData = true,
                "--data-moved"
            )
            .Value<long>("--seed", "Seed of all random numbers (default: 0).", (o, v) => o.Seed = v)
            .Value<int>(
                "--epochs",
                "Epochs at the full learning rate (default: 100).",
                (o, v) => o.Epochs = v,
                "--n_epochs"
            )
            .Value<int>(
                "--decay-epochs",
                "Epochs over which the learning rate then falls to zero (default: 100).",
                (o, v) => o.DecayEpochs = v,
                "--n_epochs_decay"
            )
            .Value<int>(
                "--batch-size",
                "Images, or pairs, that go through the networks at once (default: 1).",
                (o, v) => o.BatchSize = v,
                "--batch_size"
            )
            .Value<int>(
                "--accumulation-steps",
                "Batches whose gradients are averaged to one step (default: 1).",
                (o, v) => o.AccumulationSteps = v
            )
            .Value<double>(
                "--learning-rate",
                "Learning rate of Adam (default: 0.0002).",
                (o, v) => o.LearningRate = v,
                "--lr"
            )
            .Value<double>("--beta1", "Adam's beta1 (default: 0.5).", (o, v) => o.Beta1 = v)
            .Value<double>("--beta2", "Adam's beta2 (default: 0.999).", (o, v) => o.Beta2 = v)
            .Value<double>("--epsilon", "Adam's epsilon (default: 1e-8).", (o, v) => o.Epsilon = v)
            .Value<LearningRatePolicy>(
                "--lr-policy",
                "Learning rate schedule (default: linear).",
                (o, v) => o.LearningRatePolicy = v,
                "--lr_policy"
            )
            .Value<int>(
                "--lr-decay-every",
                "Epochs between two steps of the step schedule (default: 50).",
                (o, v) => o.LearningRateDecayEvery = v,
                "--lr_decay_iters"
            )
            .Value<PreprocessMode>(
                "--preprocess",
                "How images are brought to the training size (default: resize-and-crop).",
                (o, v) => o.Preprocess = v
            )
            .Value<ImageSize>(
                "--load-size",
                "Size in pixels to which images are resized: 512x256, or 256 for a square (default: 286).",
                (o, v) => o.LoadSize = v,
                "--load_size"
            )
            .Value<ImageSize>(
                "--crop-size",
                "Size in pixels of the random crop: 512x256, or 256 for a square (default: 256).",
                (o, v) => o.CropSize = v,
                "--crop_size"
            )
            .Switch("--no-flip", "Do not mirror images at random.", o => o.Flip = false, "--no_flip")
            .Value<double>(
                "--color-jitter",
                "Change brightness, contrast and saturation of source images at random, 0 to 1 (default: 0).",
                (o, v) => o.ColorJitter = v
            )
            .Value<double>(
                "--rotation",
                "Turn images at random by up to so many degrees, 0 to 180 (default: 0).",
                (o, v) => o.Rotation = v
            )
            .Switch(
                "--serial-batches",
                "Take images in the order of their file names.",
                o => o.Order = SampleOrder.Serial,
                "--serial_batches"
            )
            .Switch(
                "--with-replacement",
                "Draw images with replacement, as the Keras tutorials do.",
                o => o.Order = SampleOrder.WithReplacement
            )
            .Value<int>(
                "--max-data-size",
                "Use only the first N images.",
                (o, v) => o.MaximumDataSize = v,
                "--max_dataset_size"
            )
            .Value<int>(
                "--input-channels",
                "Channels that the generator reads: 3, or 1 for gray.",
                (o, v) => o.InputChannels = v,
                "--input_nc"
            )
            .Value<int>(
                "--output-channels",
                "Channels that the generator writes: 3, or 1 for gray.",
                (o, v) => o.OutputChannels = v,
                "--output_nc"
            )
            .Value<InitializationKind>(
                "--init",
                "Initialization of weights (default: normal).",
                (o, v) => o.Initialization = v,
                "--init_type"
            )
            .Value<double>(
                "--init-gain",
                "Scale of the initial weights (default: 0.02).",
                (o, v) => o.InitializationGain = v,
                "--init_gain"
            )
            .Value<TranslationDevice>(
                "--device",
                "Where to train (default: auto, a GPU if there is one).",
                (o, v) => o.Device = v
            )
            .Value<int>(
                "--gpu",
                "Number of the GPU to train on. Implies --device cuda.",
                (o, v) =>
                {
                    o.GpuDeviceId = v;
                    o.Device = TranslationDevice.Cuda;
                },
                "--gpu-id",
                "--gpu_ids"
            )
            .Switch("--cpu-fallback", "Train on the CPU if the GPU cannot be used.", o => o.FallbackToCpu = true)
            .Value<TrainingPrecision>(
                "--precision",
                "Number format of convolutions; bfloat16 is for GPUs (default: float32).",
                (o, v) => o.Precision = v
            )
            .Value<int>("--threads", "CPU threads (default: one per processor).", (o, v) => o.Threads = v)
            .Value<int>(
                "--log-every",
                "Steps between two lines of the log (default: 100).",
                (o, v) => o.LogEvery = v,
                "--print_freq"
            )
            .Value<int>(
                "--sample-every",
                "Epochs between two sample grids, 0 for none (default: 10).",
                (o, v) => o.SampleEveryEpochs = v
            )
            .Value<int>("--sample-count", "Images in a sample grid (default: 4).", (o, v) => o.SampleCount = v)
            .Value<int>(
                "--save-epoch-freq",
                "Epochs between two snapshots of the generator, 0 for none (default: 10).",
                (o, v) => o.SnapshotEveryEpochs = v,
                "--save_epoch_freq"
            )
            .Value<int>(
                "--checkpoint-steps",
                "Steps between two checkpoints, 0 for none (default: 5000).",
                (o, v) => o.CheckpointEverySteps = v,
                "--save_latest_freq"
            )
            .Value<int>(
                "--checkpoint-epochs",
                "Epochs between two checkpoints, 0 for none (default: 5).",
                (o, v) => o.CheckpointEveryEpochs = v
            )
            .Value<BadImages>(
                "--on-bad-image",
                "What to do about bad images (default: skip-unreadable).",
                (o, v) => o.BadImages = v
            )
            .Value<int>(
                "--cache-mb",
                "Megabytes of decoded images to keep in memory (default: 2048).",
                (o, v) => o.ImageCacheMegabytes = v
            )
            .Value<double>(
                "--validation-fraction",
                "Share of the training images to validate on if the dataset has no val folder.",
                (o, v) => o.ValidationFraction = v
            )
            .Value<int>(
                "--validate-every",
                "Epochs between two validations, 0 for none (default: 1).",
                (o, v) => o.ValidateEveryEpochs = v
            )
            .Value<int>(
                "--max-validation-size",
                "Most images to validate on (default: 100).",
                (o, v) => o.MaximumValidationSize = v
            )
            .Value<int>(
                "--early-stopping",
                "Stop after N validations without a better L1, 0 for never (default: 0).",
                (o, v) => o.EarlyStoppingPatience = v
            )
            .Value<double>(
                "--average-decay",
                "Decay of a moving average of the generator's weights, such as 0.999, to use in their place.",
                (o, v) => o.AverageDecay = v,
                "--ema"
            )
            .Switch("--tensorboard", "Write TensorBoard event files to the run folder.", o => o.TensorBoard = true)
            .Switch(
                "--no-flush",
                "Do not flush checkpoints to disk: faster, but a power failure may lose them.",
                o => o.FlushToDisk = false
            )
            .Switch("--no-export", "Do not export an ONNX model at the end.", o => o.ExportModel = false)
            .Conflict("--serial-batches", "--with-replacement");

    /// <summary>Which generator.</summary>
    public static OptionBinder<T> Generator<T>(this OptionBinder<T> binder)
        where T : GeneratorOptions =>
        binder
            .Value<string>(
                "--generator",
                $"Generator: {string.Join(", ", NetworkCatalog.Generators)}.",
                (o, v) => o.Generator = v,
                "--netG"
            )
            .Value<string>(
                "--generator-file",
                "JSON file of your own generator, instead of --generator. imt summary --json writes one to start from.",
                (o, v) => o.GeneratorGraph = GraphFile.Read(v)
            )
            .Value<int>(
                "--ngf",
                "Filters of the generator's first convolution (default: 64).",
                (o, v) => o.GeneratorFilters = v
            )
            .Value<NormalizationKind>(
                "--norm",
                "Normalization (default: that of the architecture).",
                (o, v) => o.Norm = v
            )
            .Switch(
                "--dropout",
                "Use dropout in the generator (default: as the architecture has it).",
                o => o.Dropout = true
            )
            .Switch("--no-dropout", "Do not use dropout in the generator.", o => o.Dropout = false, "--no_dropout")
            .Value<TranslationDirection>(
                "--direction",
                "Which image of a pair, or which set of images, is the source (default: AtoB).",
                (o, v) => o.Direction = v
            )
            .Value<string>(
                "--initial-generator",
                "File with initial weights of the generator (safetensors or PyTorch).",
                (o, v) => o.InitialGenerator = v
            )
            .Conflict("--generator", "--generator-file")
            .Conflict("--dropout", "--no-dropout");

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
                "Sources are gray label images of so many classes, numbered from 0.",
                (o, v) => o.LabelCount = v,
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

    /// <summary>Options of the trainers with a discriminator.</summary>
    public static OptionBinder<T> Adversarial<T>(this OptionBinder<T> binder)
        where T : GeneratorOptions, IAdversarialOptions =>
        binder
            .Value<string>(
                "--discriminator",
                $"Discriminator: {string.Join(", ", NetworkCatalog.Discriminators)}.",
                (o, v) => o.Discriminator = v,
                "--netD"
            )
            .Value<string>(
                "--discriminator-file",
                "JSON file of your own discriminator, instead of --discriminator.",
                (o, v) => o.DiscriminatorGraph = GraphFile.Read(v)
            )
            .Value<int>(
                "--ndf",
                "Filters of the discriminator's first convolution (default: 64).",
                (o, v) => o.DiscriminatorFilters = v
            )
            .Value<int>(
                "--discriminator-layers",
                "Strided layers of a patch or image discriminator (default: 3).",
                (o, v) => o.DiscriminatorLayers = v,
                "--n_layers_D"
            )
            .Value<int>(
                "--discriminator-scales",
                "Number of discriminators, each at half the size of the one before: 1 to 3 (default: 1).",
                (o, v) => o.DiscriminatorScales = v,
                "--num_D"
            )
            .Value<AdversarialObjective>(
                "--gan-mode",
                "Adversarial loss (default: that of the paper).",
                (o, v) => o.Objective = v,
                "--gan_mode"
            )
            .Value<double>(
                "--gradient-penalty",
                "Weight of the gradient penalty of wgangp (default: 10).",
                (o, v) => o.GradientPenaltyWeight = v
            )
            .Value<string>(
                "--diff-augment",
                "Change what the discriminator sees at random, for few images: color, translation, cutout, or several "
                    + "with commas between them.",
                (o, v) => o.DiscriminatorAugmentation = Augmentation(v),
                "--DiffAugment"
            )
            .Conflict("--discriminator", "--discriminator-file");

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

    private static DiscriminatorAugmentation Augmentation(string text)
    {
        var sum = DiscriminatorAugmentation.None;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
            sum |= part.ToLowerInvariant() switch
            {
                "color" => DiscriminatorAugmentation.Color,
                "translation" => DiscriminatorAugmentation.Translation,
                "cutout" => DiscriminatorAugmentation.Cutout,
                "none" => DiscriminatorAugmentation.None,
                _ => throw new UserError(
                    "--diff-augment: expected color, translation, cutout, or several with commas between them, but "
                        + $"got '{text}'."
                ),
            };
        return sum;
    }
}
