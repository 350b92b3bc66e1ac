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
    where TOptions : GeneratorOptions, IPairedOptions
{
    private readonly TransformsCatalog _catalog;
    private readonly TOptions _options;

    private protected PairedEstimator(TransformsCatalog catalog, TOptions options)
    {
        options.Validate();
        (_catalog, _options) = (catalog, options.Copy<TOptions>());
    }

    private string OutputColumnName => _options.OutputColumnName ?? _options.SourceColumnName;

    /// <summary>Trains on all rows and returns the transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds no images.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingFailedException">A loss became infinite or not a number.</exception>
    public ImageTranslationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var options = _options.Copy<TOptions>();
        var pairs = options.Pairs = Read(input);
        if (options.ValidationSet is { } validation)
            options.ValidationPairs = Read(validation);
        // Columns say by themselves which image is the source.
        options.Direction = TranslationDirection.AtoB;
        using var channel = new TrainingChannel(_catalog, typeof(TOptions).DeclaringType!.Name, options.Progress);
        var result = Train(options, channel);
        return TrainedTransformer.Create(
            _catalog,
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
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds no images.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ImageColumns.Find(inputSchema, _options.TargetColumnName);
        return ImageColumns.AddColumn(_catalog, inputSchema, _options.SourceColumnName, OutputColumnName);
    }

    private protected abstract TrainingResult Train(TOptions options, IProgress<TrainingProgress> progress);

    private ImagePairs Read(IDataView view) =>
        ImageColumns.ReadPairs(view, _options.SourceColumnName, _options.TargetColumnName, _options.Preprocessing);
}
