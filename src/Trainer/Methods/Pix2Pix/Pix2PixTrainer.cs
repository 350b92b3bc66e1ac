namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to translate images from pairs: a conditional GAN plus L1 (Isola et al. 2017, "Image-to-Image Translation
/// with Conditional Adversarial Networks"; models/pix2pix_model.py of the reference implementation).
/// </summary>
public sealed partial class Pix2PixTrainer
{
    private readonly Options _options;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public Pix2PixTrainer(Options options) => _options = options.Validated();

    /// <summary>
    /// Trains to the end. With an output folder the run can be resumed, and the model is exported at the end.
    /// </summary>
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
            bool named = scales > 1 && discriminator.Name == DiscriminatorNames.Pix2PixHdPatch;
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
            return new Pix2PixSession(
                options,
                InitialNetwork.Create(generator, options, RandomStream.Generator, options.InitialGenerator, device),
                discriminators
            );
        }
    }
}
