using Microsoft.ML;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate images from pairs: a conditional GAN plus L1 (Isola et al. 2017, "Image-to-Image Translation
/// with Conditional Adversarial Networks"; models/pix2pix_model.py of the reference implementation).
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
public sealed partial class Pix2PixTrainer : IEstimator<ImageTranslationTransformer>
{
    private readonly Options _options;
    private readonly TrainingHost? _host;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public Pix2PixTrainer(Options options) => _options = options.Validated();

    internal Pix2PixTrainer(TrainingHost host, Options options)
        : this(options) => _host = host;

    /// <summary>
    /// Trains to the end. With an output folder the run can be resumed, and the model is exported at the end.
    /// </summary>
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
        var generator = options.CreateGenerator(options.InputChannels, options.OutputChannels);
        var discriminator = Discriminators.Create(options, options.ConditionChannels + options.OutputChannels);
        return TrainingRun.Execute(
            options,
            training,
            validation,
            [("generator", generator), ("discriminator", discriminator)],
            CreateSession,
            progress,
            cancellationToken
        );

        TrainingSession CreateSession()
        {
            // pix2pixHD counts its scales from the smallest image.
            int scales = options.DiscriminatorScales;
            bool named = scales > 1 && discriminator.Name == NetworkCatalog.Pix2PixHdPatch;
            var discriminators = Enumerable
                .Range(0, scales)
                .Select(scale =>
                    InitialNetwork.Create(
                        discriminator,
                        options,
                        RandomStream.Discriminator,
                        scale == 0 || named ? options.InitialDiscriminator : null,
                        device,
                        scale,
                        named ? FormattableString.Invariant($"scale{scales - 1 - scale}") : null
                    )
                )
                .ToArray();
            return new Pix2PixSession(options, TransferredNetwork.Create(generator, options, device), discriminators);
        }
    }

    /// <summary>
    /// Trains on all rows and returns the transformer. It reads the source column only, and so does a pipeline saved
    /// with it, unless other parts of the pipeline want more.
    /// </summary>
    /// <param name="input">Rows with both images of a pair.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">No row is left to train on, or one is bad and
    /// <see cref="TrainingOptions.BadImages"/> does not leave it out.</exception>
    /// <exception cref="InvalidOperationException">A GPU was asked for that is not there; nothing was read
    /// yet.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A loss became infinite or not a number.</exception>
    public ImageTranslationTransformer Fit(IDataView input) =>
        PairedColumns.Fit(
            _host,
            _options,
            input,
            (options, progress) => new Pix2PixTrainer(options).Train(progress, options.Cancellation)
        );

    /// <summary>The input's columns and the output column.</summary>
    /// <param name="inputSchema">What <see cref="Fit"/> will be given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        PairedColumns.OutputSchema(_host, _options, inputSchema);
}
