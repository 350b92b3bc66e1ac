namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one kind of images to another without pairs, kept near the input by the L1 distance of the pixels
/// (Shrivastava et al. 2017, "Learning from Simulated and Unsupervised Images through Adversarial Training"), with the
/// networks of CycleGAN, whose authors compare the two so (Zhu et al. 2017, section 5.1).
/// </summary>
public sealed partial class SimGanTrainer
{
    private readonly Options _options;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public SimGanTrainer(Options options) => _options = options.Validated();

    /// <summary>Trains to the end. The result has one generator.</summary>
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
    ) => OneSidedRun.Train(_options, progress, cancellationToken);
}
