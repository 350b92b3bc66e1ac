using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

// Options of every trainer.
internal static partial class IneffectiveOptions
{
    private static IEnumerable<IneffectiveOption> OfRun(TrainingOptions options)
    {
        const string NoFolder = $"{nameof(options.OutputFolder)} is not set";
        const string NoResume = $"{nameof(options.Resume)} is not set";
        return Where(
            (options is { Resume: true, OutputFolder: null }, nameof(options.Resume), NoFolder),
            (options is { TensorBoard: true, OutputFolder: null }, nameof(options.TensorBoard), NoFolder),
            (options is { AllowChangedData: true, Resume: false }, nameof(options.AllowChangedData), NoResume),
            (options is { AllowChangedEpochs: true, Resume: false }, nameof(options.AllowChangedEpochs), NoResume),
            (options is { AllowMovedData: true, Resume: false }, nameof(options.AllowMovedData), NoResume),
            (
                options is { GpuDeviceId: not null, Device: TranslationDevice.Cpu },
                nameof(options.GpuDeviceId),
                $"{nameof(options.Device)} is {TranslationDevice.Cpu}"
            ),
            (
                options.LearningRatePolicy != LearningRatePolicy.Step && IsSet(options, o => o.LearningRateDecayEvery),
                nameof(options.LearningRateDecayEvery),
                $"it belongs to {nameof(options.LearningRatePolicy)} = {LearningRatePolicy.Step}"
            )
        );
    }

    private static IEnumerable<IneffectiveOption> OfImages(TrainingOptions options)
    {
        string mode = $"{nameof(options.Preprocess)} is {options.Preprocess}";
        return Where(
            (
                options.Preprocess is PreprocessMode.Crop or PreprocessMode.None && IsSet(options, o => o.LoadSize),
                nameof(options.LoadSize),
                mode
            ),
            (
                options.Preprocess == PreprocessMode.None
                    && !IsDesignedForCrop(options)
                    && IsSet(options, o => o.CropSize),
                nameof(options.CropSize),
                mode
            )
        );
    }

    private static IEnumerable<IneffectiveOption> OfReports(TrainingOptions options)
    {
        return
        [
            .. Where(
                (
                    options.SampleEveryEpochs == 0 && IsSet(options, o => o.SampleCount),
                    nameof(options.SampleCount),
                    $"{nameof(options.SampleEveryEpochs)} is 0"
                )
            ),
            .. options.ValidateEveryEpochs == 0
                ? WithoutValidation(options, $"{nameof(options.ValidateEveryEpochs)} is 0")
                : [],
        ];
    }

    private static IEnumerable<IneffectiveOption> OfNoValidation(TrainingOptions options) =>
        WithoutValidation(
            options,
            $"there are no images to validate on. {nameof(options.ValidationFraction)} holds some of the training "
                + "images back"
        );

    // What is for validation, where there is none for that reason.
    private static IEnumerable<IneffectiveOption> WithoutValidation(TrainingOptions options, string reason) =>
        Where(
            (options.EarlyStoppingPatience > 0, nameof(options.EarlyStoppingPatience), reason),
            (
                options.ValidateEveryEpochs > 0 && IsSet(options, o => o.ValidateEveryEpochs),
                nameof(options.ValidateEveryEpochs),
                reason
            ),
            (IsSet(options, o => o.MaximumValidationSize), nameof(options.MaximumValidationSize), reason)
        );

    private static IEnumerable<IneffectiveOption> OfTrain(TrainingOptions options)
    {
        const string Argument = "it is for Fit; Train has an argument instead";
        return Where(
            (options.Progress is not null, nameof(options.Progress), Argument),
            (options.Cancellation.CanBeCanceled, nameof(options.Cancellation), Argument),
            (
                options is PairedOptions { ValidationSet: not null },
                nameof(PairedOptions.ValidationSet),
                $"it is for Fit; Train has {nameof(PairedOptions.ValidationPairs)}"
            ),
            (
                options is UnpairedOptions { TargetData: not null },
                nameof(UnpairedOptions.TargetData),
                $"it is for Fit; Train has {nameof(UnpairedOptions.Targets)}"
            )
        );
    }

    // A discriminator with a dense layer is made for the crop, whatever is cropped.
    private static bool IsDesignedForCrop(TrainingOptions options) =>
        options is IAdversarialOptions { DiscriminatorGraph: null, Discriminator: var name }
        && NetworkCatalog.CanonicalName(name) == NetworkCatalog.Image;
}
