using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate images from pairs by a distance alone, without a discriminator: L1 or L2, with structure,
/// perceptual and variation terms by choice. The generator may be a U-Net on a frozen VGG16 encoder whose top blocks
/// are trained, too, after some epochs.
/// <para>
/// It is an estimator of ML.NET, too: <see cref="Fit"/> trains from two columns of a data view,
/// exports the generator as ONNX, verifies it, and returns the transformer that runs it.
/// </para>
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | Yes: once, then it keeps resized images in memory |
/// | Input columns | MLImage; or the paths (text) or contents (vector of bytes) of image files |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: model.onnx in the run folder |
/// | Native NuGet packages for training | TorchSharp-cpu or TorchSharp-cuda-linux |
/// | Native NuGet packages for the trained model | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed partial class RegressionTrainer : IEstimator<ImageTranslationTransformer>
{
    private readonly Options _options;
    private readonly TrainingHost? _host;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public RegressionTrainer(Options options) => _options = options.Validated();

    internal RegressionTrainer(TrainingHost host, Options options)
        : this(options) => _host = host;

    /// <summary>Trains to the end.</summary>
    /// <param name="progress">Told about steps, epochs, samples, warnings; on the training thread.</param>
    /// <param name="cancellationToken">Ends the run after the step under way; a checkpoint is written first.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A loss became infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">The output folder holds another run, or one that may not be
    /// resumed.</exception>
    /// <exception cref="IOException">Data or run folder cannot be read or written.</exception>
    public TrainingResult Train(
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var (options, device) = TrainingRun.Prepare(_options, progress);
        var (training, validation) = TrainingPairs.Open(options, progress);
        var graph = options.CreateGenerator(options.InputChannels, options.OutputChannels);
        return TrainingRun.Execute(
            options,
            training,
            validation,
            [("generator", graph)],
            () => new RegressionSession(options, TransferredNetwork.Create(graph, options, device)),
            progress,
            cancellationToken
        );
    }

    /// <inheritdoc cref="Pix2PixTrainer.Fit"/>
    public ImageTranslationTransformer Fit(IDataView input) =>
        PairedColumns.Fit(
            _host,
            _options,
            input,
            (options, progress) => new RegressionTrainer(options).Train(progress, options.Cancellation)
        );

    /// <inheritdoc cref="Pix2PixTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        PairedColumns.OutputSchema(_host, _options, inputSchema);
}
