using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one kind of images to another without pairs, kept near the input by the L1 distance of VGG16's
/// features after relu4_2: the "feature loss + GAN" that CycleGAN is compared with (Zhu et al. 2017, section 5.1).
/// <para>
/// It is an estimator of ML.NET, too: <see cref="Fit"/> trains from columns of two data views,
/// exports the generator as ONNX, verifies it, and returns the transformer that runs it.
/// </para>
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | Yes: once, then it keeps resized images in memory |
/// | Input columns | here and in <see cref="UnpairedOptions.TargetData"/>: MLImage; or the paths (text) or contents
/// (vector of bytes) of image files |
/// | Output column data type | MLImage, of the source column's size |
/// | Exportable to ONNX | Yes: model.onnx in the run folder |
/// | Native NuGet packages for training | TorchSharp-cpu or TorchSharp-cuda-linux |
/// | Native NuGet packages for the trained model | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed partial class FeatureGanTrainer : IEstimator<ImageTranslationTransformer>
{
    private readonly Options _options;
    private readonly TrainingHost? _host;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public FeatureGanTrainer(Options options) => _options = options.Validated();

    internal FeatureGanTrainer(TrainingHost host, Options options)
        : this(options)
    {
        UnpairedColumns.RequireTargetData(options);
        _host = host;
    }

    /// <summary>Trains to the end. The result has one generator.</summary>
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
    ) => OneSidedRun.Train(_options, progress, cancellationToken);

    /// <inheritdoc cref="CutTrainer.Fit"/>
    public ImageTranslationTransformer Fit(IDataView input) => UnpairedColumns.Fit(_host, _options, input);

    /// <inheritdoc cref="CutTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        UnpairedColumns.OutputSchema(_host, _options, inputSchema);
}
