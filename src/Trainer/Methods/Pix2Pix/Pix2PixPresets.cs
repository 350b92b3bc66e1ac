namespace MlNetImageTranslation.Trainer;

/// <summary>Published recipes for pix2pix; each sets the options in which it differs from the defaults.</summary>
public static class Pix2PixPresets
{
    /// <summary>The paper and the reference implementation: the defaults.</summary>
    public static void Paper(Pix2PixTrainer.Options options) { }

    /// <summary>
    /// Labels to facades (paper, section 6.2; reference scripts/train_pix2pix.sh): from the right image to the left
    /// one, 200 epochs.
    /// </summary>
    public static void Facades(Pix2PixTrainer.Options options) => options.Direction = TranslationDirection.BtoA;

    /// <summary>Aerial photographs to maps (paper, section 6.2): 200 epochs, batch 1.</summary>
    public static void Maps(Pix2PixTrainer.Options options) => options.Direction = TranslationDirection.AtoB;

    /// <summary>
    /// The Keras tutorial: its own networks, pairs drawn with replacement, no jitter, two discriminator updates, a
    /// second generator pass, Adam's epsilon 1e-7, 100 epochs at one rate, grids of three images and a model every 10.
    /// </summary>
    public static void Keras(Pix2PixTrainer.Options options)
    {
        (options.Generator, options.Discriminator) = ("keras-unet-256", "keras-patch");
        (options.LoadSize, options.CropSize, options.Flip) = (256, 256, false);
        options.Order = SampleOrder.WithReplacement;
        (options.SeparateDiscriminatorUpdates, options.SecondGeneratorPass) = (true, true);
        options.Epsilon = 1e-7;
        (
            options.Epochs,
            options.DecayEpochs,
            options.SampleEveryEpochs,
            options.SnapshotEveryEpochs,
            options.SampleCount
        ) = (100, 0, 10, 10, 3);
    }
}
