using MlNetImageTranslation.Trainer;

namespace Microsoft.ML;

/// <summary>
/// Trainers of image-to-image translation, reached as <c>mlContext.ImageTranslation.Trainers</c>. What all have in
/// common: the options are checked by the call, before any data is read. <c>Fit</c> trains where
/// <see cref="MLContext.GpuDeviceId"/> and <see cref="MLContext.FallbackToCpu"/> say, from the context's seed, unless
/// the options say otherwise; it exports the generator as ONNX, verifies it, and returns the transformer.
/// <see cref="CoGanTrainer"/> has no network that could be exported, so it is not among them.
/// </summary>
/// <param name="mlContext">The context.</param>
public sealed partial class ImageTranslationTrainers(MLContext mlContext)
{
    private readonly MLContext _context = mlContext ?? throw new ArgumentNullException(nameof(mlContext));

    // What the simple-arguments overloads have in common.
    private static T Simple<T>(
        T options,
        string targetColumnName,
        string sourceColumnName,
        string outputColumnName,
        string generator,
        int epochs,
        int decayEpochs,
        string? outputFolder
    )
        where T : GeneratorOptions
    {
        options.TargetColumnName = targetColumnName;
        options.SourceColumnName = sourceColumnName;
        options.OutputColumnName = outputColumnName;
        options.Generator = generator;
        options.Epochs = epochs;
        options.DecayEpochs = decayEpochs;
        options.OutputFolder = outputFolder;
        return options;
    }

    /// <summary>Learns to translate images from pairs, by pix2pix (a conditional GAN plus L1).</summary>
    /// <param name="targetColumnName">The column with what images should become: images or image files. It is
    /// needed for training only.</param>
    /// <param name="sourceColumnName">The column of images, or of image files, to translate.</param>
    /// <param name="outputColumnName">The column that the trained transformer writes.</param>
    /// <param name="generator">The network, one of <see cref="NetworkCatalog.Generators"/>.</param>
    /// <param name="epochs">Epochs at the full learning rate, 0 or more.</param>
    /// <param name="decayEpochs">Epochs after those in which the rate falls to zero, 0 or more.</param>
    /// <param name="outputFolder">The run folder (log, samples, checkpoints, model.onnx); null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public Pix2PixTrainer Pix2Pix(
        string targetColumnName = "Target",
        string sourceColumnName = "Source",
        string outputColumnName = "Translated",
        string generator = NetworkCatalog.UNet256,
        int epochs = 100,
        int decayEpochs = 100,
        string? outputFolder = null
    ) =>
        Pix2Pix(
            Simple(
                new Pix2PixTrainer.Options(),
                targetColumnName,
                sourceColumnName,
                outputColumnName,
                generator,
                epochs,
                decayEpochs,
                outputFolder
            )
        );

    /// <summary>Learns to translate images from pairs, by pix2pix, with all options.</summary>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public Pix2PixTrainer Pix2Pix(Pix2PixTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(_context), options);
    }

    /// <summary>
    /// Learns to translate images from pairs by a distance alone (L1 unless the options say otherwise), without a
    /// discriminator: faster than pix2pix and blurrier.
    /// </summary>
    /// <param name="targetColumnName">The column with what images should become: images or image files. It is
    /// needed for training only.</param>
    /// <param name="sourceColumnName">The column of images, or of image files, to translate.</param>
    /// <param name="outputColumnName">The column that the trained transformer writes.</param>
    /// <param name="generator">The network, one of <see cref="NetworkCatalog.Generators"/>.</param>
    /// <param name="epochs">Epochs at the full learning rate, 0 or more.</param>
    /// <param name="decayEpochs">Epochs after those in which the rate falls to zero, 0 or more.</param>
    /// <param name="outputFolder">The run folder (log, samples, checkpoints, model.onnx); null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public RegressionTrainer Regression(
        string targetColumnName = "Target",
        string sourceColumnName = "Source",
        string outputColumnName = "Translated",
        string generator = NetworkCatalog.UNet256,
        int epochs = 100,
        int decayEpochs = 100,
        string? outputFolder = null
    ) =>
        Regression(
            Simple(
                new RegressionTrainer.Options(),
                targetColumnName,
                sourceColumnName,
                outputColumnName,
                generator,
                epochs,
                decayEpochs,
                outputFolder
            )
        );

    /// <summary>Learns to translate images from pairs by a distance alone, with all options.</summary>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public RegressionTrainer Regression(RegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(_context), options);
    }
}
