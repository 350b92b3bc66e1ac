namespace MlNetImageTranslation.Trainer;

public sealed partial class CutTrainer
{
    // Published recipes; each sets the options in which it differs from the defaults.
    public sealed partial class Options
    {
        /// <summary>
        /// FastCUT: a contrastive loss of weight 10 without the identity's, mirrored steps, 150 epochs and 50 of decay.
        /// Half as many images go through the generator in a step.
        /// </summary>
        public void UseFastCut()
        {
            ContrastWeight = 10;
            IdentityContrast = false;
            MirrorEquivariance = true;
            Epochs = 150;
            DecayEpochs = 50;
        }
    }
}
