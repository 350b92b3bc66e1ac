using MlNetImageTranslation.Trainer;

namespace Microsoft.ML;

// The trainers on unpaired sets that translate one way.
public sealed partial class ImageTranslationTrainers
{
    /// <summary>Learns to translate images without pairs, one way, by CUT.</summary>
    /// <param name="targetData">Rows with images of the kind that images should become; any number of them.</param>
    /// <param name="targetColumnName">Their column in <paramref name="targetData"/>.</param>
    /// <param name="sourceColumnName">The column of images, or of image files, to translate.</param>
    /// <param name="outputColumnName">The column that the trained transformer writes.</param>
    /// <param name="generator">The network, one of <see cref="NetworkCatalog.Generators"/>.</param>
    /// <param name="epochs">Epochs at the full learning rate, 0 or more.</param>
    /// <param name="decayEpochs">Epochs after those in which the rate falls to zero, 0 or more.</param>
    /// <param name="outputFolder">The run folder (log, samples, checkpoints, model.onnx); null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="targetData"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public CutTrainer Cut(
        IDataView targetData,
        string targetColumnName = "Target",
        string sourceColumnName = "Source",
        string outputColumnName = "Translated",
        string generator = NetworkCatalog.ResNet9Antialiased,
        int epochs = 200,
        int decayEpochs = 200,
        string? outputFolder = null
    )
    {
        ArgumentNullException.ThrowIfNull(targetData);
        return Cut(
            Simple(
                new CutTrainer.Options { TargetData = targetData },
                targetColumnName,
                sourceColumnName,
                outputColumnName,
                generator,
                epochs,
                decayEpochs,
                outputFolder
            )
        );
    }

    /// <summary>Learns to translate images without pairs, one way, by CUT, with all options.</summary>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public CutTrainer Cut(CutTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(_context), options);
    }

    /// <summary>Learns to translate images without pairs, one way, by SimGAN.</summary>
    /// <param name="targetData">Rows with images of the kind that images should become; any number of them.</param>
    /// <param name="targetColumnName">Their column in <paramref name="targetData"/>.</param>
    /// <param name="sourceColumnName">The column of images, or of image files, to translate.</param>
    /// <param name="outputColumnName">The column that the trained transformer writes.</param>
    /// <param name="generator">The network, one of <see cref="NetworkCatalog.Generators"/>.</param>
    /// <param name="epochs">Epochs at the full learning rate, 0 or more.</param>
    /// <param name="decayEpochs">Epochs after those in which the rate falls to zero, 0 or more.</param>
    /// <param name="outputFolder">The run folder (log, samples, checkpoints, model.onnx); null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="targetData"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public SimGanTrainer SimGan(
        IDataView targetData,
        string targetColumnName = "Target",
        string sourceColumnName = "Source",
        string outputColumnName = "Translated",
        string generator = NetworkCatalog.ResNet9,
        int epochs = 100,
        int decayEpochs = 100,
        string? outputFolder = null
    )
    {
        ArgumentNullException.ThrowIfNull(targetData);
        return SimGan(
            Simple(
                new SimGanTrainer.Options { TargetData = targetData },
                targetColumnName,
                sourceColumnName,
                outputColumnName,
                generator,
                epochs,
                decayEpochs,
                outputFolder
            )
        );
    }

    /// <summary>Learns to translate images without pairs, one way, by SimGAN, with all options.</summary>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public SimGanTrainer SimGan(SimGanTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(_context), options);
    }

    /// <summary>Learns to translate images without pairs, one way, by a feature loss and a GAN.</summary>
    /// <param name="targetData">Rows with images of the kind that images should become; any number of them.</param>
    /// <param name="vggWeights">A file with torchvision's VGG16 weights (safetensors or PyTorch).</param>
    /// <param name="targetColumnName">Their column in <paramref name="targetData"/>.</param>
    /// <param name="sourceColumnName">The column of images, or of image files, to translate.</param>
    /// <param name="outputColumnName">The column that the trained transformer writes.</param>
    /// <param name="generator">The network, one of <see cref="NetworkCatalog.Generators"/>.</param>
    /// <param name="epochs">Epochs at the full learning rate, 0 or more.</param>
    /// <param name="decayEpochs">Epochs after those in which the rate falls to zero, 0 or more.</param>
    /// <param name="outputFolder">The run folder (log, samples, checkpoints, model.onnx); null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="targetData"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public FeatureGanTrainer FeatureGan(
        IDataView targetData,
        string vggWeights,
        string targetColumnName = "Target",
        string sourceColumnName = "Source",
        string outputColumnName = "Translated",
        string generator = NetworkCatalog.ResNet9,
        int epochs = 100,
        int decayEpochs = 100,
        string? outputFolder = null
    )
    {
        ArgumentNullException.ThrowIfNull(targetData);
        return FeatureGan(
            Simple(
                new FeatureGanTrainer.Options { TargetData = targetData, VggWeights = vggWeights },
                targetColumnName,
                sourceColumnName,
                outputColumnName,
                generator,
                epochs,
                decayEpochs,
                outputFolder
            )
        );
    }

    /// <summary>
    /// Learns to translate images without pairs, one way, by a feature loss and a GAN, with all options.
    /// </summary>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public FeatureGanTrainer FeatureGan(FeatureGanTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(_context), options);
    }
}
