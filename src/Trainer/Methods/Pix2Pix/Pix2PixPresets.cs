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
    /// pix2pixHD with its global generator (Wang et al. 2018; its scripts/train_512p.sh): two discriminators, least
    /// squares, feature matching instead of L1, images of 1024x512. Labels and instances are options of their own, and
    /// so is the perceptual loss, which the reference takes from VGG19.
    /// </summary>
    public static void Pix2PixHd(Pix2PixTrainer.Options options)
    {
        options.Generator = GeneratorNames.Pix2PixHd;
        options.Discriminator = DiscriminatorNames.Pix2PixHdPatch;
        options.Norm = NormalizationKind.Instance;
        options.DiscriminatorScales = 2;
        options.Objective = AdversarialObjective.LeastSquares;
        options.L1Weight = 0;
        options.FeatureMatchingWeight = 10;
        options.LoadSize = new(1024, 512);
        options.CropSize = new(1024, 512);
    }

    /// <summary>
    /// pix2pixHD with its local enhancer (its scripts/train_1024p_24G.sh): images of 2048x1024, three discriminators, 50
    /// epochs at each rate.
    /// </summary>
    public static void Pix2PixHdLocal(Pix2PixTrainer.Options options)
    {
        Pix2PixHd(options);
        options.Generator = GeneratorNames.Pix2PixHdLocal;
        options.GeneratorFilters = 32;
        options.DiscriminatorScales = 3;
        options.LoadSize = new(2048, 1024);
        options.CropSize = new(2048, 1024);
        options.Epochs = 50;
        options.DecayEpochs = 50;
    }

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
