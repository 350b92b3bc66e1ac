using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate between two kinds of images without pairs, both ways, by one discriminator of pairs (Donahue et
/// al. 2016, "Adversarial Feature Learning"; Dumoulin et al. 2016, "Adversarially Learned Inference"). The papers map
/// between noise and images; here both sides are images, as in the comparison of CycleGAN's paper (Zhu et al. 2017,
/// section 5.1), with CycleGAN's networks.
/// <para>
/// It is an estimator of ML.NET, too: <see cref="Fit"/> trains from columns of two data views,
/// exports both generators as ONNX, verifies them, and returns the transformer, whose
/// <see cref="TwoWayTransformer.Reverse"/> translates back.
/// </para>
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
public sealed partial class BiGanTrainer : IEstimator<TwoWayTransformer>
{
    private readonly Options _options;
    private readonly TrainingHost? _host;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public BiGanTrainer(Options options) => _options = options.Validated();

    internal BiGanTrainer(TrainingHost host, Options options)
        : this(options)
    {
        UnpairedColumns.RequireTargetData(options);
        _host = host;
    }

    /// <summary>Trains to the end. The result's generators are the one from A to B and the one from B to A.</summary>
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
        var (training, validation) = TrainingImageSets.Open(options, progress);
        var (forward, reverse) = options.CreateGenerators();
        var discriminator = options.CreateDiscriminator();
        (string, NetworkGraph)[] networks =
        [
            ("generator_ab", forward),
            ("generator_ba", reverse),
            ("discriminator", discriminator),
        ];
        return TrainingRun.Execute(options, training, validation, networks, CreateSession, progress, cancellationToken);

        TrainingSession CreateSession() =>
            new BiGanSession(
                options,
                InitialNetwork.Create(forward, options, RandomStream.Generator, options.InitialGenerator, device),
                InitialNetwork.Create(
                    reverse,
                    options,
                    RandomStream.SecondGenerator,
                    options.InitialReverseGenerator,
                    device
                ),
                Discriminators.Begin(
                    discriminator,
                    options,
                    RandomStream.Discriminator,
                    options.InitialDiscriminator,
                    device
                )
            );
    }

    /// <inheritdoc cref="CycleGanTrainer.Fit"/>
    public TwoWayTransformer Fit(IDataView input) =>
        UnpairedColumns.Fit(
            _host,
            _options,
            input,
            (options, progress) => new BiGanTrainer(options).Train(progress, options.Cancellation)
        );

    /// <inheritdoc cref="CycleGanTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        UnpairedColumns.OutputSchema(_host, _options, inputSchema);
}
