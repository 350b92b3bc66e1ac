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
        /// The Keras tutorial: its own networks, pairs drawn with replacement, no jitter, two discriminator updates, a
        /// second generator pass, Adam's epsilon 1e-7, 100 epochs at one rate, grids of three images and a model every 10.
        /// </summary>
        public void UseKeras()
        {
            Generator = GeneratorNames.KerasUNet256;
            Discriminator = DiscriminatorNames.KerasPatch;
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
