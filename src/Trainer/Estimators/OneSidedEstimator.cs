using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate an image column into the kind of images of another data view, without pairs and without a way
/// back: what the estimators of one-sided translation have in common.
/// </summary>
/// <typeparam name="TOptions">The trainer's options.</typeparam>
public abstract class OneSidedEstimator<TOptions> : IEstimator<ImageTranslationTransformer>
    where TOptions : OneSidedOptions
{
    private readonly TrainingHost _host;
    private readonly TOptions _options;

    private protected OneSidedEstimator(TrainingHost host, TOptions options)
    {
        options.Validate();
        if (options.TargetData is null)
            throw new ArgumentOutOfRangeException(
                nameof(options.TargetData),
                "TargetData: expected a data view with target images, but got none."
            );
        _host = host;
        _options = options.Copy<TOptions>();
    }

    private string OutputColumnName => _options.OutputColumnName ?? _options.SourceColumnName;

    /// <summary>Trains on all rows of both views and returns the transformer, which reads the source column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">No row is left to train on, or one is bad and
    /// <see cref="TrainingOptions.BadImages"/> does not leave it out.</exception>
    /// <exception cref="InvalidOperationException">A GPU was asked for that is not there; nothing was read
    /// yet.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingFailedException">A loss became infinite or not a number.</exception>
    public ImageTranslationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var options = _options.Copy<TOptions>();
        _host.Complete(options);
        TrainingDevice.Resolve(options);
        using var channel = new TrainingChannel(_host.Environment, GetType().Name, options.Progress);
        options.Sources = ImageColumns.ReadImages(input, options.SourceColumnName, options, channel);
        options.Targets = ImageColumns.ReadImages(options.TargetData!, options.TargetColumnName, options, channel);
        // Columns say by themselves which images are the source.
        options.Direction = TranslationDirection.AtoB;
        var result = OneSidedRun.Train(options, channel, options.Cancellation);
        return TrainedTransformer.Create(
            _host.Transforms,
            input,
            result,
            0,
            options,
            options.SourceColumnName,
            OutputColumnName,
            [options.Sources.Load(0)]
        );
    }

    /// <summary>The input's columns and the output column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The source column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return ImageColumns.AddColumn(_host.Transforms, inputSchema, _options.SourceColumnName, OutputColumnName);
    }
}
