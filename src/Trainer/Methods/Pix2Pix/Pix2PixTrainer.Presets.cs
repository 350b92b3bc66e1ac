namespace MlNetImageTranslation.Trainer;

public sealed partial class Pix2PixTrainer
{
    // Published recipes; each sets the options in which it differs from the defaults.
    public sealed partial class Options
    {
        /// <summary>
        /// Labels to facades (paper, section 6.2; reference scripts/train_pix2pix.sh): from the right image to the left
        /// one, 200 epochs.
        /// </summary>
        public void UseFacades() => Direction = TranslationDirection.BtoA;

        /// <summary>
        /// pix2pixHD with its global generator (Wang et al. 2018; its scripts/train_512p.sh): two discriminators, least
        /// squares, feature matching instead of L1, images of 1024x512. Labels and instances are options of their own,
        /// and so is the perceptual loss, which the reference takes from VGG19.
        /// </summary>
        public void UsePix2PixHd()
        {
            Generator = NetworkCatalog.Pix2PixHd;
            Discriminator = NetworkCatalog.Pix2PixHdPatch;
            Norm = NormalizationKind.Instance;
            DiscriminatorScales = 2;
            Objective = AdversarialObjective.LeastSquares;
            L1Weight = 0;
            FeatureMatchingWeight = 10;
            LoadSize = new(1024, 512);
            CropSize = new(1024, 512);
        }

        /// <summary>
        /// pix2pixHD with its local enhancer (its scripts/train_1024p_24G.sh): images of 2048x1024, three
        /// discriminators, 50 epochs at the full rate and 50 of decay.
        /// </summary>
        public void UsePix2PixHdLocal()
        {
            UsePix2PixHd();
            Generator = NetworkCatalog.Pix2PixHdLocal;
            GeneratorFilters = 32;
            DiscriminatorScales = 3;
            LoadSize = new(2048, 1024);
            CropSize = new(2048, 1024);
            Epochs = 50;
            DecayEpochs = 50;
        }

        /// <summary>
        /// The Keras tutorial: its own networks, pairs drawn with replacement, no jitter, two discriminator updates, a
        /// second generator pass, Adam's epsilon 1e-7, 100 epochs at one rate, grids of three images and a model every
        /// 10.
        /// </summary>
        public void UseKeras()
        {
            Generator = NetworkCatalog.KerasUNet256;
            Discriminator = NetworkCatalog.KerasPatch;
            LoadSize = 256;
            CropSize = 256;
            Flip = false;
            Order = SampleOrder.WithReplacement;
            SeparateDiscriminatorUpdates = true;
            SecondGeneratorPass = true;
            Epsilon = 1e-7;
            Epochs = 100;
            DecayEpochs = 0;
            SampleEveryEpochs = 10;
            SnapshotEveryEpochs = 10;
            SampleCount = 3;
        }
    }
}
