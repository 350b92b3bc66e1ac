using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

// What is checked of the options.
public abstract partial class TrainingOptions
{
    private const int MaximumStepSize = 1 << 20;

    /// <summary>The most filters and layers that a network of the catalog can have.</summary>
    internal const int MaximumFilters = 1 << 15;

    /// <summary>Checks the values that need no data to be checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names it.</exception>
    public virtual void Validate()
    {
        Require(
            Epochs >= 0 && DecayEpochs >= 0 && Epochs + DecayEpochs > 0,
            nameof(Epochs),
            "0 or more of it and of DecayEpochs, together at least 1",
            $"{Epochs} and {DecayEpochs}"
        );
        Require(
            BatchSize is >= 1 and <= MaximumStepSize,
            nameof(BatchSize),
            FormattableString.Invariant($"1 to {MaximumStepSize}"),
            BatchSize
        );
        Require(
            AccumulationSteps >= 1 && (long)BatchSize * AccumulationSteps <= MaximumStepSize,
            nameof(AccumulationSteps),
            FormattableString.Invariant(
                $"1 or more, and with {nameof(BatchSize)} {BatchSize} at most {MaximumStepSize} images in a step"
            ),
            AccumulationSteps
        );
        Require(
            LearningRate is > 0 and < double.PositiveInfinity,
            nameof(LearningRate),
            "a number above 0",
            LearningRate
        );
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), "0 up to but not 1", Beta1);
        Require(Beta2 is >= 0 and < 1, nameof(Beta2), "0 up to but not 1", Beta2);
        Require(Epsilon is > 0 and < double.PositiveInfinity, nameof(Epsilon), "a number above 0", Epsilon);
        Require(GpuDeviceId is null or >= 0, nameof(GpuDeviceId), "0 or more", GpuDeviceId);
        Require(
            InitializationGain is > 0 and < double.PositiveInfinity,
            nameof(InitializationGain),
            "a number above 0",
            InitializationGain
        );
        Require(ImageCacheMegabytes >= 0, nameof(ImageCacheMegabytes), "0 or more", ImageCacheMegabytes);
        RequireKnown(BadImages, nameof(BadImages));
        RequireKnown(LearningRatePolicy, nameof(LearningRatePolicy));
        RequireKnown(Preprocess, nameof(Preprocess));
        RequireKnown(Order, nameof(Order));
        RequireKnown(Initialization, nameof(Initialization));
        RequireKnown(Device, nameof(Device));
        RequireKnown(Precision, nameof(Precision));
        Require(LearningRateDecayEvery >= 1, nameof(LearningRateDecayEvery), "1 or more", LearningRateDecayEvery);
        Require(LoadSize is { Width: >= 1, Height: >= 1 }, nameof(LoadSize), "sides of 1 or more", LoadSize);
        Require(CropSize is { Width: >= 1, Height: >= 1 }, nameof(CropSize), "sides of 1 or more", CropSize);
        Require(
            Preprocess switch
            {
                PreprocessMode.ResizeAndCrop => LoadSize.Width >= CropSize.Width && LoadSize.Height >= CropSize.Height,
                PreprocessMode.ScaleWidthAndCrop => LoadSize.Width >= CropSize.Width,
                _ => true,
            },
            nameof(LoadSize),
            $"at least the crop size, {CropSize}",
            LoadSize
        );
        Require(ColorJitter is >= 0 and <= 1, nameof(ColorJitter), "0 to 1", ColorJitter);
        Require(Rotation is >= 0 and <= 180, nameof(Rotation), "0 to 180 degrees", Rotation);
        Require(InputChannels is 1 or 3, nameof(InputChannels), "1 or 3", InputChannels);
        Require(OutputChannels is 1 or 3, nameof(OutputChannels), "1 or 3", OutputChannels);
        Require(LogEvery >= 1, nameof(LogEvery), "1 or more", LogEvery);
        Require(SampleEveryEpochs >= 0, nameof(SampleEveryEpochs), "0 or more", SampleEveryEpochs);
        Require(SnapshotEveryEpochs >= 0, nameof(SnapshotEveryEpochs), "0 or more", SnapshotEveryEpochs);
        Require(CheckpointEverySteps >= 0, nameof(CheckpointEverySteps), "0 or more", CheckpointEverySteps);
        Require(CheckpointEveryEpochs >= 0, nameof(CheckpointEveryEpochs), "0 or more", CheckpointEveryEpochs);
        Require(ValidateEveryEpochs >= 0, nameof(ValidateEveryEpochs), "0 or more", ValidateEveryEpochs);
        Require(EarlyStoppingPatience >= 0, nameof(EarlyStoppingPatience), "0 or more", EarlyStoppingPatience);
        Require(
            ValidationFraction is >= 0 and < 1,
            nameof(ValidationFraction),
            "0 up to but not 1",
            ValidationFraction
        );
        Require(AverageDecay is >= 0 and < 1, nameof(AverageDecay), "0 up to but not 1", AverageDecay);
        Require(Threads >= 0, nameof(Threads), "0 or more", Threads);
        Require(SampleCount >= 1, nameof(SampleCount), "1 or more", SampleCount);
        Require(MaximumDataSize is null or >= 1, nameof(MaximumDataSize), "1 or more", MaximumDataSize);
        Require(MaximumValidationSize >= 1, nameof(MaximumValidationSize), "1 or more", MaximumValidationSize);
    }

    /// <summary>Throws unless the value is one of its enumeration.</summary>
    internal static void RequireKnown<T>(T value, string name)
        where T : struct, Enum =>
        Require(Enum.IsDefined(value), name, "one of " + string.Join(", ", Enum.GetNames<T>()), value);

    /// <summary>Throws unless a network can have so many filters or layers.</summary>
    internal static void RequireFilters(int? count, string name) =>
        Require(
            count is >= 1 and <= MaximumFilters,
            name,
            FormattableString.Invariant($"1 to {MaximumFilters}"),
            count
        );

    /// <summary>Throws unless the condition holds.</summary>
    internal static void Require(bool condition, string name, string expected, object? found)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(
                name,
                FormattableString.Invariant($"{name}: expected {expected}, but got {found ?? "nothing"}.")
            );
    }
}
