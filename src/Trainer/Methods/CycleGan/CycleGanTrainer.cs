namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate between two kinds of images without pairs, both ways (Zhu et al. 2017, "Unpaired Image-to-Image
/// Translation using Cycle-Consistent Adversarial Networks"; models/cycle_gan_model.py of the reference
/// implementation).
/// </summary>
public sealed partial class CycleGanTrainer
{
    private readonly Options _options;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public CycleGanTrainer(Options options) => _options = options.Validated();

    /// <summary>Trains to the end. The result's generators are the one from A to B and the one from B to A.</summary>
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
}
