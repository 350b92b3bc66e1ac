using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate between two kinds of images without pairs, both ways (Zhu et al. 2017, "Unpaired Image-to-Image
/// Translation using Cycle-Consistent Adversarial Networks"; models/cycle_gan_model.py of the reference
/// implementation).
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
public sealed partial class CycleGanTrainer : IEstimator<TwoWayTransformer>
{
    private readonly Options _options;
    private readonly TrainingHost? _host;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public CycleGanTrainer(Options options) => _options = options.Validated();

    internal CycleGanTrainer(TrainingHost host, Options options)
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
        int a = options.InputChannels,
            b = options.OutputChannels;
        var (forward, reverse) = options.CreateGenerators();
        NetworkGraph discriminatorB = Discriminators.Create(options, b),
            discriminatorA = Discriminators.Create(options, a);
        (string, NetworkGraph)[] networks =
        [
            ("generator_ab", forward),
            ("generator_ba", reverse),
            ("discriminator_b", discriminatorB),
            ("discriminator_a", discriminatorA),
        ];
        return TrainingRun.Execute(options, training, validation, networks, CreateSession, progress, cancellationToken);

        TrainingSession CreateSession() =>
            new CycleGanSession(
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
                    discriminatorB,
                    options,
                    RandomStream.Discriminator,
                    options.InitialDiscriminator,
                    device
                ),
                Discriminators.Begin(
                    discriminatorA,
                    options,
                    RandomStream.SecondDiscriminator,
                    options.InitialReverseDiscriminator,
                    device
                )
            );
    }

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
    public TwoWayTransformer Fit(IDataView input) =>
        UnpairedColumns.Fit(
            _host,
            _options,
            input,
            (options, progress) => new CycleGanTrainer(options).Train(progress, options.Cancellation)
        );

    /// <summary>The input's columns and the output column.</summary>
    /// <param name="inputSchema">What <see cref="Fit"/> will be given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The source column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        UnpairedColumns.OutputSchema(_host, _options, inputSchema);
}
