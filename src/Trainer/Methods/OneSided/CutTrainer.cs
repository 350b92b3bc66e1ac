namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate one kind of images to another without pairs and without a way back (Park et al. 2020,
/// "Contrastive Learning for Unpaired Image-to-Image Translation"; models/cut_model.py of the reference
/// implementation). FastCUT is a preset: <see cref="Options.UseFastCut"/>.
/// </summary>
public sealed partial class CutTrainer
{
    private readonly Options _options;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public CutTrainer(Options options) => _options = options.Validated();

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
