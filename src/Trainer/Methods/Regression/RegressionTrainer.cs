namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate images from pairs by a distance alone, without a discriminator: L1 or L2, with structure,
/// perceptual and variation terms by choice. The generator may be a U-Net on a frozen VGG16 encoder whose top blocks
/// are trained, too, after some epochs.
/// </summary>
public sealed partial class RegressionTrainer
{
    private readonly Options _options;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public RegressionTrainer(Options options) => _options = options.Validated();

    /// <summary>Trains to the end.</summary>
    /// <param name="progress">Told about steps, epochs, samples, warnings; on the training thread.</param>
    /// <param name="cancellationToken">Ends the run after the step under way; a checkpoint is written first.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TrainingFailedException">A loss became infinite or not a number.</exception>
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
}
