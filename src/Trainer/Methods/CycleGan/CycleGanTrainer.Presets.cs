namespace MlNetImageTranslation.Trainer;

public sealed partial class CycleGanTrainer
{
    // Published recipes; each sets the options in which it differs from the defaults.
    public sealed partial class Options
    {
        /// <summary>
        /// The Keras tutorial at 128 pixels: its own networks (six residual blocks, instance and batch norm), identity
        /// at half the cycle weight, an image pool of 50, 100 epochs at one rate.
        /// </summary>
        public void UseKeras()
        {
            Generator = NetworkCatalog.KerasResNet6;
            GeneratorFilters = 32;
            Discriminator = NetworkCatalog.KerasCycleGanPatch;
            LoadSize = 128;
            CropSize = 128;
            Flip = false;
            Epsilon = 1e-7;
            Epochs = 100;
            DecayEpochs = 0;
            SampleEveryEpochs = 10;
            SnapshotEveryEpochs = 10;
        }
    }
}
