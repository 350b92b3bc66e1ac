namespace MlNetImageTranslation.Trainer;

/// <summary>Published recipes for CycleGAN; each sets the options in which it differs from the defaults.</summary>
public static class CycleGanPresets
{
    /// <summary>The paper and the reference implementation: the defaults.</summary>
    public static void Paper(CycleGanTrainer.Options options) { }

    /// <summary>Horses to zebras (paper, section 5.2): the defaults, 200 epochs.</summary>
    public static void HorseToZebra(CycleGanTrainer.Options options) { }

    /// <summary>
    /// The Keras tutorial at 128 pixels: its own networks (six residual blocks, instance and batch norm), identity at
    /// half the cycle weight, an image pool of 50, 100 epochs at one rate.
    /// </summary>
    public static void Keras(CycleGanTrainer.Options options)
    {
        (options.Generator, options.GeneratorFilters, options.Discriminator) = (
            "keras-resnet-6",
            32,
            "keras-cyclegan-patch"
        );
        (options.LoadSize, options.CropSize, options.Flip) = (128, 128, false);
        options.Epsilon = 1e-7;
        (options.Epochs, options.DecayEpochs, options.SampleEveryEpochs, options.SnapshotEveryEpochs) = (
            100,
            0,
            10,
            10
        );
    }
}
