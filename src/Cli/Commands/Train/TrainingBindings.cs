using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>The options that trainers share, under our names and the reference's.</summary>
internal static partial class TrainingBindings
{
    // The reference's --gpu_ids for the CPU.
    private const int NoGpu = -1;

    /// <summary>Options of every trainer.</summary>
    public static OptionBinder<T> Common<T>(this OptionBinder<T> binder)
        where T : TrainingOptions => binder.Place().Schedule().Images().Start().Reports();

    // The data, the run folder, and going on.
    private static OptionBinder<T> Place<T>(this OptionBinder<T> binder)
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
            .Value<long>("--seed", "Seed of all random numbers (default: 0).", (o, v) => o.Seed = v);

    // How long and how fast.
    private static OptionBinder<T> Schedule<T>(this OptionBinder<T> binder)
        where T : TrainingOptions =>
        binder
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
            );

    // What is trained on.
    private static OptionBinder<T> Images<T>(this OptionBinder<T> binder)
        where T : TrainingOptions =>
        binder
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
                "Rotate images at random by up to this many degrees, 0 to 180 (default: 0).",
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
            .Conflict("--serial-batches", "--with-replacement");

    // How weights begin, and where they are trained.
    private static OptionBinder<T> Start<T>(this OptionBinder<T> binder)
        where T : TrainingOptions =>
        binder
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
                "Number of the GPU to train on. Implies --device cuda. -1 is the CPU.",
                (o, v) =>
                {
                    o.GpuDeviceId = v == NoGpu ? null : v;
                    o.Device = v == NoGpu ? TranslationDevice.Cpu : TranslationDevice.Cuda;
                },
                "--gpu-id",
                "--gpu_ids"
            )
            .Conflict<TranslationDevice, int>(
                "--device",
                "--gpu",
                (device, gpu) => (device == TranslationDevice.Cpu) != (gpu == NoGpu)
            )
            .Switch("--cpu-fallback", "Train on the CPU if the GPU cannot be used.", o => o.FallbackToCpu = true)
            .Value<TrainingPrecision>(
                "--precision",
                "Number format of convolutions; bfloat16 is for GPUs (default: float32).",
                (o, v) => o.Precision = v
            )
            .Value<int>("--threads", "CPU threads (default: one per processor).", (o, v) => o.Threads = v);

    // What a run writes, and what it is judged by.
    private static OptionBinder<T> Reports<T>(this OptionBinder<T> binder)
        where T : TrainingOptions =>
        binder
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
                "Maximum number of images to validate on (default: 100).",
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
            .Switch("--no-export", "Do not export an ONNX model at the end.", o => o.ExportModel = false);
}
