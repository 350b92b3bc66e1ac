using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>The trainers on pairs as ML.NET's estimators: both images of a pair are in one row.</summary>
internal static class PairedColumns
{
    /// <summary>Trains on the rows of a view, and returns the transformer that runs the generator.</summary>
    /// <param name="host">The context that the trainer was made with, if any.</param>
    /// <param name="given">The trainer's options.</param>
    /// <param name="input">The data.</param>
    /// <param name="train">Trains with options that have their data, told whom to report to.</param>
    public static ImageTranslationTransformer Fit<TOptions>(
        TrainingHost? host,
        TOptions given,
        IDataView input,
        Func<TOptions, IProgress<TrainingProgress>, TrainingResult> train
    )
        where TOptions : PairedOptions
    {
        ArgumentNullException.ThrowIfNull(input);
        IneffectiveOptions.RefuseForFit(given);
        host ??= TrainingHost.WithoutContext();
        var options = host.Begin(given);
        using var channel = host.Open(options);
        var (pairs, instances) = ImageColumns.ReadPairs(input, options, channel);
        (options.Pairs, options.Instances) = (pairs, instances);
        if (options.ValidationSet is { } validation)
            (options.ValidationPairs, options.ValidationInstances) = ImageColumns.ReadPairs(
                validation,
                options,
                channel
            );
        // Columns say by themselves which image is the source.
        options.Direction = TranslationDirection.AtoB;
        options.FromColumns = true;
        return TrainedTransformer.Create(
            host.Transforms,
            input,
            train(options, channel),
            0,
            options,
            options.SourceColumnName,
            options.OutputColumn,
            [pairs.Load(0).A],
            options.InstanceColumnName
        );
    }

    /// <summary>The input's columns and the output column.</summary>
    public static SchemaShape OutputSchema(TrainingHost? host, PairedOptions options, SchemaShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        host ??= TrainingHost.WithoutContext();
        ImageColumns.Require(input, options.TargetColumnName);
        if (options.InstanceColumnName is { } instances)
            ImageColumns.Require(input, instances);
        return ImageColumns.AddColumn(host.Transforms, input, options.SourceColumnName, options.OutputColumn);
    }
}
