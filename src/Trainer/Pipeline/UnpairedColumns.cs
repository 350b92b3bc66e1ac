using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>The trainers on unpaired sets as ML.NET's estimators: each set is a view of its own.</summary>
internal static class UnpairedColumns
{
    /// <summary>Trains one-sided translation, and returns the transformer that runs the generator.</summary>
    /// <param name="host">The context that the trainer was made with, if any.</param>
    /// <param name="given">The trainer's options, with the view of target images.</param>
    /// <param name="input">The view of source images.</param>
    public static ImageTranslationTransformer Fit<TOptions>(TrainingHost? host, TOptions given, IDataView input)
        where TOptions : OneSidedOptions
    {
        host ??= TrainingHost.WithoutContext();
        var (options, result) = Train(
            host,
            given,
            input,
            (options, progress) => OneSidedRun.Train(options, progress, options.Cancellation)
        );
        return CreateForward(host, options, input, result);
    }

    /// <summary>Trains translation both ways, and returns the transformer that runs both generators.</summary>
    /// <param name="host">The context that the trainer was made with, if any.</param>
    /// <param name="given">The trainer's options, with the view of target images.</param>
    /// <param name="input">The view of source images.</param>
    /// <param name="train">Trains with options that have their data, told whom to report to.</param>
    public static TwoWayTransformer Fit<TOptions>(
        TrainingHost? host,
        TOptions given,
        IDataView input,
        Func<TOptions, IProgress<TrainingProgress>, TrainingResult> train
    )
        where TOptions : TwoWayOptions
    {
        host ??= TrainingHost.WithoutContext();
        var (options, result) = Train(host, given, input, train);
        return new(CreateForward(host, options, input, result), CreateReverse(host, options, result));
    }

    /// <summary>The input's columns and the output column.</summary>
    public static SchemaShape OutputSchema(TrainingHost? host, UnpairedOptions options, SchemaShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        host ??= TrainingHost.WithoutContext();
        return ImageColumns.AddColumn(host.Transforms, input, options.SourceColumnName, options.OutputColumn);
    }

    /// <summary>Throws unless there is a view of target images.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static void RequireTargetData(UnpairedOptions options)
    {
        if (options.TargetData is null)
            throw new ArgumentOutOfRangeException(
                nameof(options.TargetData),
                "TargetData: expected a data view with target images, but got none."
            );
    }

    private static (TOptions Options, TrainingResult Result) Train<TOptions>(
        TrainingHost host,
        TOptions given,
        IDataView input,
        Func<TOptions, IProgress<TrainingProgress>, TrainingResult> train
    )
        where TOptions : UnpairedOptions
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireTargetData(given);
        IneffectiveOptions.RefuseForFit(given);
        var options = host.Begin(given);
        using var channel = host.Open(options);
        options.Sources = ImageColumns.ReadImages(input, options.SourceColumnName, options, channel);
        options.Targets = ImageColumns.ReadImages(options.TargetData!, options.TargetColumnName, options, channel);
        // Columns say by themselves which images are the source.
        options.Direction = TranslationDirection.AtoB;
        options.FromColumns = true;
        return (options, train(options, channel));
    }

    private static ImageTranslationTransformer CreateForward(
        TrainingHost host,
        UnpairedOptions options,
        IDataView input,
        TrainingResult result
    ) =>
        TrainedTransformer.Create(
            host.Transforms,
            input,
            result,
            0,
            options,
            options.SourceColumnName,
            options.OutputColumn,
            [options.Sources!.Load(0)]
        );

    private static ImageTranslationTransformer CreateReverse(
        TrainingHost host,
        TwoWayOptions options,
        TrainingResult result
    ) =>
        TrainedTransformer.Create(
            host.Transforms,
            options.TargetData!,
            result,
            1,
            options,
            options.TargetColumnName,
            options.ReverseOutputColumnName ?? options.TargetColumnName,
            [options.Targets!.Load(0)]
        );
}
