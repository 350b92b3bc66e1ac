using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The options that trainers share, under our names and the reference's.</summary>
internal static class TrainingBindings
{
    /// <summary>Options of every trainer.</summary>
    public static OptionBinder<T> Common<T>(this OptionBinder<T> binder)
        where T : TrainingOptions =>
        binder
            .Value<string>("--data", "Folder of the data set.", (o, v) => o.DataFolder = v, "--dataroot")
            .Value<string>(
                "--output",
                "Run folder: options, log, samples, snapshots, checkpoints, model.",
                (o, v) => o.OutputFolder = v,
                "-o"
            )
            .Switch(
                "--resume",
                "Go on from the run folder's last checkpoint.",
                o => o.Resume = true,
                "--continue_train"
            )
            .Value<long>("--seed", "Decides all random numbers of the run (default 0).", (o, v) => o.Seed = v)
            .Value<int>(
                "--epochs",
                "Epochs at the full learning rate (default 100).",
                (o, v) => o.Epochs = v,
                "--n_epochs"
            )
            .Value<int>(
                "--decay-epochs",
                "Epochs in which the rate falls to zero (default 100).",
                (o, v) => o.DecayEpochs = v,
                "--n_epochs_decay"
            )
            .Value<int>("--batch-size", "Images in a step (default 1).", (o, v) => o.BatchSize = v, "--batch_size")
            .Value<double>("--learning-rate", "Adam's rate (default 0.0002).", (o, v) => o.LearningRate = v, "--lr")
            .Value<double>("--beta1", "Adam's decay of the mean of gradients (default 0.5).", (o, v) => o.Beta1 = v)
            .Value<double>("--beta2", "Adam's decay of the mean of squares (default 0.999).", (o, v) => o.Beta2 = v)
            .Value<double>("--epsilon", "Adam's epsilon (default 1e-8).", (o, v) => o.Epsilon = v)
            .Value<LearningRatePolicy>(
                "--lr-policy",
                "How the rate changes (default linear).",
                (o, v) => o.LearningRatePolicy = v,
                "--lr_policy"
            )
            .Value<int>(
                "--lr-decay-every",
                "Epochs between the steps of the step policy (default 50).",
                (o, v) => o.LearningRateDecayEvery = v,
                "--lr_decay_iters"
            )
            .Value<PreprocessMode>(
                "--preprocess",
                "How images are brought to the training size (default resize-and-crop).",
                (o, v) => o.Preprocess = v
            )
            .Value<int>(
                "--load-size",
                "Side after resizing, in pixels (default 286).",
                (o, v) => o.LoadSize = v,
                "--load_size"
            )
            .Value<int>(
                "--crop-size",
                "Side of the random crop, in pixels (default 256).",
                (o, v) => o.CropSize = v,
                "--crop_size"
            )
            .Switch("--no-flip", "Do not mirror samples.", o => o.Flip = false, "--no_flip")
            .Switch(
                "--serial-batches",
                "Take images in the order of their files.",
                o => o.Order = SampleOrder.Serial,
                "--serial_batches"
            )
            .Switch(
                "--with-replacement",
                "Draw samples with replacement, as the Keras tutorials do.",
                o => o.Order = SampleOrder.WithReplacement
            )
            .Value<int>(
                "--max-data-size",
                "Use the first so many images only.",
                (o, v) => o.MaximumDataSize = v,
                "--max_dataset_size"
            )
            .Value<int>(
                "--input-channels",
                "Channels that the generator reads: 3, or 1 for luma.",
                (o, v) => o.InputChannels = v,
                "--input_nc"
            )
            .Value<int>(
                "--output-channels",
                "Channels that it writes: 3 or 1.",
                (o, v) => o.OutputChannels = v,
                "--output_nc"
            )
            .Value<InitializationKind>(
                "--init",
                "How weights begin (default normal).",
                (o, v) => o.Initialization = v,
                "--init_type"
            )
            .Value<double>(
                "--init-gain",
                "Scale of initial weights (default 0.02).",
                (o, v) => o.InitializationGain = v,
                "--init_gain"
            )
            .Value<TranslationDevice>("--device", "Where to train: auto, cpu or cuda.", (o, v) => o.Device = v)
            .Value<int>(
                "--gpu",
                "Which GPU (default 0); asks for CUDA.",
                (o, v) =>
                {
                    o.GpuDeviceId = v;
                    o.Device = TranslationDevice.Cuda;
                },
                "--gpu-id",
                "--gpu_ids"
            )
            .Value<TrainingPrecision>(
                "--precision",
                "What convolutions are computed in; bfloat16 is for GPUs (default float32).",
                (o, v) => o.Precision = v
            )
            .Value<int>(
                "--threads",
                "Threads of torch on the CPU (default: as many as processors).",
                (o, v) => o.Threads = v
            )
            .Value<int>(
                "--log-every",
                "Log losses every so many steps (default 100).",
                (o, v) => o.LogEvery = v,
                "--print_freq"
            )
            .Value<int>(
                "--sample-every",
                "Write a sample grid every so many epochs, 0 for never (default 10).",
                (o, v) => o.SampleEveryEpochs = v
            )
            .Value<int>("--sample-count", "Images in a sample grid (default 4).", (o, v) => o.SampleCount = v)
            .Value<int>(
                "--save-epoch-freq",
                "Keep the generator's weights every so many epochs (default 10).",
                (o, v) => o.SnapshotEveryEpochs = v,
                "--save_epoch_freq"
            )
            .Value<int>(
                "--checkpoint-steps",
                "Write a checkpoint every so many steps (default 5000).",
                (o, v) => o.CheckpointEverySteps = v,
                "--save_latest_freq"
            )
            .Value<int>(
                "--checkpoint-epochs",
                "Write a checkpoint after every so many epochs (default 5).",
                (o, v) => o.CheckpointEveryEpochs = v
            )
            .Value<BadImages>(
                "--on-bad-image",
                "What is done about bad images: skip-unreadable, skip, fail or ignore (default skip-unreadable).",
                (o, v) => o.BadImages = v
            )
            .Value<int>(
                "--cache-mb",
                "Megabytes of decoded images kept in memory (default 2048).",
                (o, v) => o.ImageCacheMegabytes = v
            )
            .Value<double>(
                "--validation-fraction",
                "Share of the images held out where there is no val folder.",
                (o, v) => o.ValidationFraction = v
            )
            .Value<int>(
                "--validate-every",
                "Validate every so many epochs, 0 for never (default 1).",
                (o, v) => o.ValidateEveryEpochs = v
            )
            .Value<int>(
                "--max-validation-size",
                "Validate on at most so many images (default 100).",
                (o, v) => o.MaximumValidationSize = v
            )
            .Value<int>(
                "--early-stopping",
                "Stop after so many validations without a better L1.",
                (o, v) => o.EarlyStoppingPatience = v
            )
            .Value<double>(
                "--average-decay",
                "Keep an exponential average of the generator's weights, such as 0.999, and use that.",
                (o, v) => o.AverageDecay = v,
                "--ema"
            )
            .Switch("--tensorboard", "Write TensorBoard event files to the run folder.", o => o.TensorBoard = true)
            .Switch(
                "--no-flush",
                "Do not wait until checkpoints are on disk (they may be lost in a power failure).",
                o => o.FlushToDisk = false
            )
            .Switch("--no-export", "Do not write model.onnx at the end.", o => o.ExportModel = false)
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
                "JSON file of a generator of one's own, instead of --generator (imt summary NAME --json writes one "
                    + "to begin with).",
                (o, v) => o.GeneratorGraph = GraphFile.Read(v)
            )
            .Value<int>(
                "--ngf",
                "Filters of the generator's first convolution (default 64).",
                (o, v) => o.GeneratorFilters = v
            )
            .Value<NormalizationKind>(
                "--norm",
                "Normalization (default: the architectures' own).",
                (o, v) => o.Norm = v
            )
            .Switch("--dropout", "Dropout in the generator (default: the architecture's own).", o => o.Dropout = true)
            .Switch("--no-dropout", "No dropout in the generator.", o => o.Dropout = false, "--no_dropout")
            .Value<TranslationDirection>(
                "--direction",
                "Which image of a pair, or which set, is the source (default AtoB).",
                (o, v) => o.Direction = v
            )
            .Value<string>(
                "--initial-generator",
                "File with the generator's initial weights (safetensors or PyTorch).",
                (o, v) => o.InitialGenerator = v
            )
            .Conflict("--generator", "--generator-file")
            .Conflict("--dropout", "--no-dropout");

    /// <summary>Options of the trainers on pairs.</summary>
    public static OptionBinder<T> Paired<T>(this OptionBinder<T> binder)
        where T : GeneratorOptions, IPairedOptions =>
        binder
            .Value<PairLayout>(
                "--layout",
                "aligned: pairs. colorization: single images, from their luma to colour (default aligned).",
                (o, v) => o.Layout = v,
                "--dataset_mode"
            )
            .Value<double>(
                "--lambda-tv",
                "Weight of the total variation (default 0).",
                (o, v) => o.TotalVariationWeight = v
            )
            .Value<double>(
                "--lambda-perceptual",
                "Weight of the perceptual distance (default 0; needs --vgg).",
                (o, v) => o.PerceptualWeight = v
            )
            .Value<string>(
                "--vgg",
                "File with torchvision's VGG16 weights: for the perceptual distance, and for vgg16-unet's encoder.",
                (o, v) => o.VggWeights = v
            );

    /// <summary>Options of the trainers with a discriminator.</summary>
    public static OptionBinder<T> Adversarial<T>(this OptionBinder<T> binder)
        where T : GanOptions =>
        binder
            .Value<string>(
                "--discriminator",
                $"Discriminator: {string.Join(", ", NetworkCatalog.Discriminators)}.",
                (o, v) => o.Discriminator = v,
                "--netD"
            )
            .Value<string>(
                "--discriminator-file",
                "JSON file of a discriminator of one's own, instead of --discriminator.",
                (o, v) => o.DiscriminatorGraph = GraphFile.Read(v)
            )
            .Value<int>(
                "--ndf",
                "Filters of the discriminator's first convolution (default 64).",
                (o, v) => o.DiscriminatorFilters = v
            )
            .Value<int>(
                "--discriminator-layers",
                "Strided layers of a patch or image discriminator (default 3).",
                (o, v) => o.DiscriminatorLayers = v,
                "--n_layers_D"
            )
            .Value<int>(
                "--discriminator-scales",
                "Discriminators at full, half and quarter size: 1, 2 or 3.",
                (o, v) => o.DiscriminatorScales = v,
                "--num_D"
            )
            .Value<AdversarialObjective>(
                "--gan-mode",
                "Adversarial objective.",
                (o, v) => o.Objective = v,
                "--gan_mode"
            )
            .Value<double>(
                "--gradient-penalty",
                "Weight of WGAN-GP's penalty (default 10).",
                (o, v) => o.GradientPenaltyWeight = v
            )
            .Conflict("--discriminator", "--discriminator-file");
}
