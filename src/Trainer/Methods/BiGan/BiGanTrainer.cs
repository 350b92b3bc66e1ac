namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate between two kinds of images without pairs, both ways, by one discriminator of pairs (Donahue et
/// al. 2016, "Adversarial Feature Learning"; Dumoulin et al. 2016, "Adversarially Learned Inference"). The papers map
/// between noise and images; here both sides are images, as in the comparison of CycleGAN's paper (Zhu et al. 2017,
/// section 5.1), with CycleGAN's networks.
/// </summary>
public sealed partial class BiGanTrainer
{
    private readonly Options _options;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public BiGanTrainer(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

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
}
