using System.Text.Json.Serialization;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What all trainers have in common. The defaults are those of the papers and of the reference implementation.
/// </summary>
public abstract partial class TrainingOptions
{
    /// <summary>
    /// The run folder: options, log, timing, samples, snapshots, checkpoints and the model. Null: nothing is written
    /// and the run cannot be resumed.
    /// </summary>
    [NotRecorded]
    public string? OutputFolder { get; set; }

    /// <summary>
    /// Go on from the run folder's last checkpoint where there is one. False: a folder that holds a run already is
    /// refused.
    /// </summary>
    [NotRecorded]
    public bool Resume { get; set; }

    /// <summary>
    /// Whether a run may go on although its training files are not those that it began with. False: it is refused, and
    /// the message names what changed.
    /// </summary>
    [NotRecorded]
    public bool AllowChangedData { get; set; }

    /// <summary>
    /// Whether a run may go on with other <see cref="Epochs"/> and <see cref="DecayEpochs"/> than it began with, to
    /// train longer than was planned, even where it was finished or has stopped early. The rates are those of a run
    /// that has the new numbers from the beginning.
    /// </summary>
    [NotRecorded]
    public bool AllowChangedEpochs { get; set; }

    /// <summary>
    /// Whether a run may go on with its training files in another folder. They have to be the same files, below the
    /// folder as they were.
    /// </summary>
    [NotRecorded]
    public bool AllowMovedData { get; set; }

    /// <summary>
    /// The dataset's folder (with <c>train</c> and maybe <c>val</c> inside). Trainers also take data in memory.
    /// </summary>
    public string? DataFolder { get; set; }

    /// <summary>What is done about bad images of the data folder, or of a data view.</summary>
    [JsonPropertyName("badPictures")]
    public BadImages BadImages { get; set; } = BadImages.SkipUnreadable;

    /// <summary>
    /// Decides all random numbers of the run: weights, order, crops, mirrors, dropout. Null: a run that is
    /// resumed goes on with its own, <c>Fit</c> of a trainer from a catalog takes the MLContext's, and else it is 0.
    /// </summary>
    public long? Seed { get; set; }

    /// <summary>Epochs at the full learning rate, 0 or more (the reference's <c>--n_epochs</c>).</summary>
    public int Epochs { get; set; } = 100;

    /// <summary>
    /// Further epochs in which the learning rate falls to zero in a line, 0 or more (<c>--n_epochs_decay</c>).
    /// </summary>
    public int DecayEpochs { get; set; } = 100;

    /// <summary>Images (or pairs) that go through the networks at once, 1 or more.</summary>
    public int BatchSize { get; set; } = 1;

    /// <summary>
    /// Batches whose gradients are averaged to one step, 1 or more: the memory of <see cref="BatchSize"/> images, the
    /// steps of so many times as many. Batch norms see the batches by themselves.
    /// </summary>
    public int AccumulationSteps { get; set; } = 1;

    /// <summary>Adam's base rate.</summary>
    public double LearningRate { get; set; } = 2e-4;

    /// <summary>Adam's decay of the mean of gradients.</summary>
    public double Beta1 { get; set; } = 0.5;

    /// <summary>Adam's decay of the mean of squared gradients.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Adam's addend under the fraction (Keras has 1e-7).</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>How the rate changes from epoch to epoch.</summary>
    public LearningRatePolicy LearningRatePolicy { get; set; } = LearningRatePolicy.Linear;

    /// <summary>Epochs between the steps of <see cref="LearningRatePolicy.Step"/> (<c>--lr_decay_iters</c>).</summary>
    public int LearningRateDecayEvery { get; set; } = 50;

    /// <summary>How images are brought to the training size.</summary>
    public PreprocessMode Preprocess { get; set; } = PreprocessMode.ResizeAndCrop;

    /// <summary>
    /// Size of images after resizing, in pixels; a number is a square. Modes that scale to a width use the width only.
    /// </summary>
    [JsonConverter(typeof(ImageSizeConverter))]
    public ImageSize LoadSize { get; set; } = 286;

    /// <summary>Size of the random crop, in pixels; the size that is trained on. A number is a square.</summary>
    [JsonConverter(typeof(ImageSizeConverter))]
    public ImageSize CropSize { get; set; } = 256;

    /// <summary>Whether half of all samples are mirrored.</summary>
    public bool Flip { get; set; } = true;

    /// <summary>
    /// How far brightness, contrast and saturation of source images are changed at random, 0 (not) to 1: each by a
    /// factor of its own between 1 less and 1 more this number. Targets keep their colours, but where both sets are
    /// sources (<see cref="TwoWayOptions"/>) or there are none (<see cref="CoGanTrainer.Options"/>).
    /// </summary>
    public double ColorJitter { get; set; }

    /// <summary>
    /// Largest angle in degrees by which images are turned at random, either way, 0 to 180. Both images of a pair are
    /// turned alike. What comes in at the edges is mirrored.
    /// </summary>
    public double Rotation { get; set; }

    /// <summary>How an epoch goes through the images.</summary>
    public SampleOrder Order { get; set; } = SampleOrder.Shuffled;

    /// <summary>Use the first so many images only; null for all (<c>--max_dataset_size</c>).</summary>
    public int? MaximumDataSize { get; set; }

    /// <summary>Channels that the generator reads: 3, or 1 for luma.</summary>
    public int InputChannels { get; set; } = 3;

    /// <summary>Channels that the generator writes: 3, or 1 for luma.</summary>
    public int OutputChannels { get; set; } = 3;

    /// <summary>How weights begin.</summary>
    public InitializationKind Initialization { get; set; } = InitializationKind.Normal;

    /// <summary>The scale of initial weights.</summary>
    public double InitializationGain { get; set; } = 0.02;

    /// <summary>Where to train. Auto: on CUDA where libtorch finds a device, else on the CPU.</summary>
    public TranslationDevice Device { get; set; } = TranslationDevice.Auto;

    /// <summary>
    /// The number of the GPU, from 0. A number asks for a GPU, even where <see cref="Device"/> is Auto. Null:
    /// <c>Fit</c> of a trainer from a catalog takes the MLContext's, and else it is the first.
    /// </summary>
    public int? GpuDeviceId { get; set; }

    /// <summary>
    /// Whether the CPU may do the work where a GPU was asked for and is not there. Null: <c>Fit</c> of a
    /// trainer from a catalog takes the MLContext's, and else it means false.
    /// </summary>
    [NotRecorded]
    public bool? FallbackToCpu { get; set; }

    /// <summary>What convolutions are computed in.</summary>
    public TrainingPrecision Precision { get; set; } = TrainingPrecision.Float32;

    /// <summary>
    /// Threads of torch on the CPU; 0 for as many as there are processors. Sums depend on it in the last bits, so it
    /// belongs to the run.
    /// </summary>
    public int Threads { get; set; }

    /// <summary>Steps between two entries of losses in the log, 1 or more (<c>--print_freq</c>).</summary>
    public int LogEvery { get; set; } = 100;

    /// <summary>Epochs between two sample grids; 0 for none.</summary>
    public int SampleEveryEpochs { get; set; } = 10;

    /// <summary>Images in a sample grid.</summary>
    public int SampleCount { get; set; } = 4;

    /// <summary>
    /// Epochs between two snapshots of the generator's weights, numbered like the grids; 0 for none
    /// (<c>--save_epoch_freq</c>).
    /// </summary>
    public int SnapshotEveryEpochs { get; set; } = 10;

    /// <summary>
    /// Steps between two checkpoints, beside the one after the last step; 0 for none (<c>--save_latest_freq</c>).
    /// </summary>
    public int CheckpointEverySteps { get; set; } = 5000;

    /// <summary>Epochs between two checkpoints; 0 for none.</summary>
    public int CheckpointEveryEpochs { get; set; } = 5;

    /// <summary>
    /// Whether checkpoints and snapshots are flushed to disk before the run goes on, so that they survive a power
    /// failure. They survive the end of the process either way; without flushing, slow disks cost less.
    /// </summary>
    [NotRecorded]
    public bool FlushToDisk { get; set; } = true;

    /// <summary>
    /// How many megabytes of decoded images are kept in memory; what does not fit is decoded again every time.
    /// </summary>
    [JsonPropertyName("pictureCacheMegabytes")]
    public int ImageCacheMegabytes { get; set; } = 2048;

    /// <summary>
    /// Share of the training images held out for validation where the dataset has no validation folder, 0 up to but
    /// not 1.
    /// </summary>
    public double ValidationFraction { get; set; }

    /// <summary>Epochs between two validations, where there are validation images; 0 for none.</summary>
    public int ValidateEveryEpochs { get; set; } = 1;

    /// <summary>Validate on at most so many images.</summary>
    public int MaximumValidationSize { get; set; } = 100;

    /// <summary>Stop after so many validations in a row without a better L1; 0 for never.</summary>
    public int EarlyStoppingPatience { get; set; }

    /// <summary>
    /// Decay of an exponential moving average of the generator's weights, such as 0.999, which is then what samples,
    /// validation, snapshots and export use; 0 for none.
    /// </summary>
    public double AverageDecay { get; set; }

    /// <summary>Write TensorBoard event files to the run folder.</summary>
    public bool TensorBoard { get; set; }

    /// <summary>Export the generator to <c>model.onnx</c> in the run folder at the end.</summary>
    [NotRecorded]
    public bool ExportModel { get; set; } = true;

    /// <summary>For <c>Fit</c>: told about the run, beside ML.NET's own channels.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Ends <c>Fit</c> after the step under way.</summary>
    [JsonIgnore]
    public CancellationToken Cancellation { get; set; }

    /// <summary>Whether <c>Fit</c> has read columns into these options, a copy of those that it was given.</summary>
    internal bool FromColumns { get; set; }

    /// <summary>Which trainer these options are for.</summary>
    internal abstract TrainerKind Trainer { get; }

    /// <summary>
    /// The options with which the run in a folder began, to go on with it by <see cref="Resume"/>. What a run folder
    /// does not record is as in new options; networks of the user's own are recorded.
    /// </summary>
    /// <typeparam name="T">The options of the run's trainer.</typeparam>
    /// <param name="folder">The run folder.</param>
    /// <exception cref="InvalidDataException">The folder holds the run of another trainer, or its options cannot be
    /// read.</exception>
    /// <exception cref="IOException">There is no run in the folder.</exception>
    public static T FromRun<T>(string folder)
        where T : TrainingOptions, new()
    {
        var options = RecordedOptions.OfRun<T>(folder);
        options.OutputFolder = folder;
        options.Resume = true;
        return options;
    }

    /// <summary>
    /// The options in a file: the <c>options.json</c> of a run, edited or not, or a JSON object of options alone. What
    /// it does not say is as in new options; it is a new run, without a folder.
    /// </summary>
    /// <typeparam name="T">The options of the trainer that the file is about.</typeparam>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">The file is about another trainer, cannot be read, or names an option
    /// that there is not.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    public static T FromFile<T>(string file)
        where T : TrainingOptions, new()
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return RecordedOptions.OfFile<T>(file);
    }

    /// <summary>The same options in another object, so that later changes of the one do not reach the other.</summary>
    internal T Copy<T>()
        where T : TrainingOptions => (T)MemberwiseClone();

    /// <summary>Gives what is still null the value that a run takes for it, so that the run's record says it.</summary>
    internal virtual void FillDefaults() => Seed ??= 0;

    /// <summary>The seed where one is set, else 0.</summary>
    internal long SeedOrZero => Seed ?? 0;

    /// <summary>Channels of what the generator is given of a source image.</summary>
    internal virtual int SourceChannels => InputChannels;

    /// <summary>The size of the images that are trained on, where it is one size.</summary>
    internal ImageSize? TrainingSize =>
        Preprocess is PreprocessMode.ResizeAndCrop or PreprocessMode.Crop or PreprocessMode.ScaleWidthAndCrop
            ? CropSize
            : null;

    /// <summary>How images become samples.</summary>
    internal Preprocessing Preprocessing =>
        new(Preprocess, LoadSize, CropSize, Flip) { ColorJitter = ColorJitter, Rotation = Rotation };
}
