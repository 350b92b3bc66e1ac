using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one image column into another: <see cref="Fit"/> trains a generator by a distance alone, exports the generator as ONNX, verifies it,
/// and returns the transformer that runs it. See <see cref="RegressionTrainer"/>.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes: once, then it keeps resized pictures in memory |
/// | Input columns | two of MLImage: source and target |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: the run folder's model.onnx |
/// | Required NuGet in addition to Microsoft.ML | TorchSharp, Microsoft.ML.ImageAnalytics, Microsoft.ML.OnnxTransformer |
/// </remarks>
public sealed class RegressionEstimator : IEstimator<ImageTranslationTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly RegressionTrainer.Options _options;

    internal RegressionEstimator(TransformsCatalog catalog, RegressionTrainer.Options options)
    {
        options.Validate();
        (_catalog, _options) = (catalog, options);
    }

    /// <summary>Trains on all rows and returns the transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds no pictures.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingFailedException">A loss became infinite or not a number.</exception>
    public ImageTranslationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var options = _options.Copy();
        options.Pairs = PictureColumns.ReadPairs(input, options.SourceColumnName, options.TargetColumnName, options.Preprocessing);
        if (options.ValidationSet is { } validation)
            options.ValidationPairs = PictureColumns.ReadPairs(validation, options.SourceColumnName, options.TargetColumnName, options.Preprocessing);
        // Columns say by themselves which picture is the source.
        options.Direction = TranslationDirection.AtoB;
        using var channel = new TrainingChannel(_catalog, nameof(RegressionTrainer), options.Progress);
        var result = new RegressionTrainer(options).Train(channel, options.Cancellation);
        return TrainedTransformer.Create(_catalog, input, result, 0, options, options.SourceColumnName, options.OutputColumnName ?? options.SourceColumnName, [options.Pairs.Load(0).A]);
    }

    /// <summary>The input's columns and the output column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds no pictures.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        PictureColumns.Find(inputSchema, _options.TargetColumnName);
        return PictureColumns.AddColumn(_catalog, inputSchema, _options.SourceColumnName, _options.OutputColumnName ?? _options.SourceColumnName);
    }
}
