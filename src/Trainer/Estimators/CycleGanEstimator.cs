using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate an image column into the kind of images of another data view, without pairs: <see cref="Fit"/>
/// trains CycleGAN, exports both generators as ONNX, verifies them, and returns the transformer, whose
/// <see cref="CycleGanTransformer.Reverse"/> translates back. See <see cref="CycleGanTrainer"/>.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | Yes: once, then it keeps resized images in memory |
/// | Input columns | here and in <see cref="UnpairedOptions.TargetData"/>: MLImage; or the paths (text) or contents
/// (vector of bytes) of image files |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: model_ab.onnx and model_ba.onnx in the run folder |
/// | Native NuGet packages for training | TorchSharp-cpu or TorchSharp-cuda-linux |
/// | Native NuGet packages for the trained model | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed class CycleGanEstimator : IEstimator<CycleGanTransformer>
{
    private readonly TrainingHost _host;
    private readonly CycleGanTrainer.Options _options;

    internal CycleGanEstimator(TrainingHost host, CycleGanTrainer.Options options)
    {
        options.Validate();
        if (options.TargetData is null)
            throw new ArgumentOutOfRangeException(
                nameof(options.TargetData),
                "TargetData: expected a data view with target images, but got none."
            );
        _host = host;
        _options = options.Copy<CycleGanTrainer.Options>();
    }

    /// <summary>Trains on all rows of both views and returns the transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">No row is left to train on, or one is bad and
    /// <see cref="TrainingOptions.BadImages"/> does not leave it out.</exception>
    /// <exception cref="InvalidOperationException">A GPU was asked for that is not there; nothing was read
    /// yet.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingFailedException">A loss became infinite or not a number.</exception>
    public CycleGanTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var options = _options.Copy<CycleGanTrainer.Options>();
        _host.Complete(options);
        TrainingDevice.Resolve(options);
        using var channel = new TrainingChannel(_host.Environment, nameof(CycleGanEstimator), options.Progress);
        options.Sources = ImageColumns.ReadImages(input, options.SourceColumnName, options, channel);
        options.Targets = ImageColumns.ReadImages(options.TargetData!, options.TargetColumnName, options, channel);
        options.Direction = TranslationDirection.AtoB;
        var result = new CycleGanTrainer(options).Train(channel, options.Cancellation);
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
}
