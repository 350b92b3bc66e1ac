using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate an image column into the kind of images of another data view and back, without pairs: what the
/// estimators of two-way translation have in common.
/// </summary>
/// <typeparam name="TOptions">The trainer's options.</typeparam>
public abstract class TwoWayEstimator<TOptions> : IEstimator<TwoWayTransformer>
    where TOptions : TwoWayOptions
{
    private readonly TrainingHost _host;
    private readonly TOptions _options;

    private protected TwoWayEstimator(TrainingHost host, TOptions options)
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

    /// <summary>Trains on all rows of both views and returns the transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">No row is left to train on, or one is bad and
    /// <see cref="TrainingOptions.BadImages"/> does not leave it out.</exception>
    /// <exception cref="InvalidOperationException">A GPU was asked for that is not there; nothing was read
    /// yet.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingFailedException">A loss became infinite or not a number.</exception>
    public TwoWayTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var options = _options.Copy<TOptions>();
        _host.Complete(options);
        TrainingDevice.Resolve(options);
        using var channel = new TrainingChannel(_host.Environment, GetType().Name, options.Progress);
        options.Sources = ImageColumns.ReadImages(input, options.SourceColumnName, options, channel);
        options.Targets = ImageColumns.ReadImages(options.TargetData!, options.TargetColumnName, options, channel);
        options.Direction = TranslationDirection.AtoB;
        var result = Train(options, channel, options.Cancellation);
        return new(
            TrainedTransformer.Create(
                _host.Transforms,
                input,
                result,
                0,
                options,
                options.SourceColumnName,
                options.OutputColumnName ?? options.SourceColumnName,
                [options.Sources.Load(0)]
            ),
            TrainedTransformer.Create(
                _host.Transforms,
                options.TargetData!,
                result,
                1,
                options,
                options.TargetColumnName,
                options.ReverseOutputColumnName ?? options.TargetColumnName,
                [options.Targets.Load(0)]
            )
        );
    }

    /// <summary>The input's columns and the output column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The source column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return ImageColumns.AddColumn(
            _host.Transforms,
            inputSchema,
            _options.SourceColumnName,
            _options.OutputColumnName ?? _options.SourceColumnName
        );
    }

    private protected abstract TrainingResult Train(
        TOptions options,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellationToken
    );
}
