namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Published recipes for CycleGAN; each sets the options in which it differs from the defaults, which are the paper's.
/// </summary>
public static class CycleGanPresets
{
    /// <summary>
    /// The Keras tutorial at 128 pixels: its own networks (six residual blocks, instance and batch norm), identity at
    /// half the cycle weight, an image pool of 50, 100 epochs at one rate.
    /// </summary>
    public static void Keras(CycleGanTrainer.Options options)
    {
        options.Generator = GeneratorNames.KerasResNet6;
        options.GeneratorFilters = 32;
        options.Discriminator = DiscriminatorNames.KerasCycleGanPatch;
        options.LoadSize = 128;
        options.CropSize = 128;
        options.Flip = false;
        options.Epsilon = 1e-7;
        options.Epochs = 100;
        options.DecayEpochs = 0;
        options.SampleEveryEpochs = 10;
        options.SnapshotEveryEpochs = 10;
    }
}
