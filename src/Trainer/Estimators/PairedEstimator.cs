using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one image column into another from pairs: what the estimators of the trainers on pairs have in
/// common.
/// </summary>
/// <typeparam name="TOptions">The trainer's options.</typeparam>
public abstract class PairedEstimator<TOptions> : IEstimator<ImageTranslationTransformer>
    where TOptions : PairedOptions
{
    private readonly TrainingHost _host;
    private readonly TOptions _options;

    private protected PairedEstimator(TrainingHost host, TOptions options)
    {
        options.Validate();
        _host = host;
        _options = options.Copy<TOptions>();
    }

    private string OutputColumnName => _options.OutputColumnName ?? _options.SourceColumnName;

    /// <summary>
    /// Trains on all rows and returns the transformer. It reads the source column only, and so does a pipeline saved
    /// with it, unless other parts of the pipeline want more.
    /// </summary>
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
        var pairs = Read(input, options, channel);
        options.Pairs = pairs;
        if (options.ValidationSet is { } validation)
            options.ValidationPairs = Read(validation, options, channel);
        // Columns say by themselves which image is the source.
        options.Direction = TranslationDirection.AtoB;
        var result = Train(options, channel);
        return TrainedTransformer.Create(
            _host.Transforms,
            input,
            result,
            0,
            options,
            options.SourceColumnName,
            OutputColumnName,
            [pairs.Load(0).A]
        );
    }

    /// <summary>The input's columns and the output column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ImageColumns.Require(inputSchema, _options.TargetColumnName);
        return ImageColumns.AddColumn(_host.Transforms, inputSchema, _options.SourceColumnName, OutputColumnName);
    }

    private protected abstract TrainingResult Train(TOptions options, IProgress<TrainingProgress> progress);

    private static ImagePairs Read(IDataView view, TOptions options, IProgress<TrainingProgress> progress) =>
        ImageColumns.ReadPairs(view, options.SourceColumnName, options.TargetColumnName, options, progress);
}
