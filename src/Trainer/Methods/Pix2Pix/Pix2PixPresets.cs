namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Published recipes for pix2pix; each sets the options in which it differs from the defaults, which are the paper's.
/// </summary>
public static class Pix2PixPresets
{
    /// <summary>
    /// Labels to facades (paper, section 6.2; reference scripts/train_pix2pix.sh): from the right image to the left
    /// one, 200 epochs.
    /// </summary>
    public static void Facades(Pix2PixTrainer.Options options) => options.Direction = TranslationDirection.BtoA;

    /// <summary>
    /// The Keras tutorial: its own networks, pairs drawn with replacement, no jitter, two discriminator updates, a
    /// second generator pass, Adam's epsilon 1e-7, 100 epochs at one rate, grids of three images and a model every 10.
    /// </summary>
    public static void Keras(Pix2PixTrainer.Options options)
    {
        options.Generator = GeneratorNames.KerasUNet256;
        options.Discriminator = DiscriminatorNames.KerasPatch;
        options.LoadSize = 256;
        options.CropSize = 256;
        options.Flip = false;
        options.Order = SampleOrder.WithReplacement;
        options.SeparateDiscriminatorUpdates = true;
        options.SecondGeneratorPass = true;
        options.Epsilon = 1e-7;
        options.Epochs = 100;
        options.DecayEpochs = 0;
        options.SampleEveryEpochs = 10;
        options.SnapshotEveryEpochs = 10;
        options.SampleCount = 3;
    }
}
