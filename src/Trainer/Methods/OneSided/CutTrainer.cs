using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one kind of images to another without pairs and without a way back (Park et al. 2020,
/// "Contrastive Learning for Unpaired Image-to-Image Translation"; models/cut_model.py of the reference
/// implementation). FastCUT is a preset: <see cref="Options.UseFastCut"/>.
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
public sealed partial class CutTrainer : IEstimator<ImageTranslationTransformer>
{
    private readonly Options _options;
    private readonly TrainingHost? _host;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public CutTrainer(Options options) => _options = options.Validated();

    internal CutTrainer(TrainingHost host, Options options)
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

    /// <summary>Trains on all rows of both views and returns the transformer, which reads the source column.</summary>
    /// <param name="input">Rows with source images; <see cref="UnpairedOptions.TargetData"/> has the target
    /// images.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type, or there is no
    /// <see cref="UnpairedOptions.TargetData"/>.</exception>
    /// <exception cref="InvalidDataException">No row is left to train on, or one is bad and
    /// <see cref="TrainingOptions.BadImages"/> does not leave it out.</exception>
    /// <exception cref="InvalidOperationException">A GPU was asked for that is not there; nothing was read
    /// yet.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A loss became infinite or not a number.</exception>
    public ImageTranslationTransformer Fit(IDataView input) => UnpairedColumns.Fit(_host, _options, input);

    /// <summary>The input's columns and the output column.</summary>
    /// <param name="inputSchema">What <see cref="Fit"/> will be given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The source column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        UnpairedColumns.OutputSchema(_host, _options, inputSchema);
}
