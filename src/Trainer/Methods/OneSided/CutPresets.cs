namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Published recipes for CUT; each sets the options in which it differs from the defaults, which are the reference's.
/// </summary>
public static class CutPresets
{
    /// <summary>
    /// FastCUT: a contrastive loss of weight 10 without the identity's, mirrored steps, 150 epochs and 50 of decay.
    /// Half as many images go through the generator in a step.
    /// </summary>
    public static void Fast(CutTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ContrastWeight = 10;
        options.IdentityContrast = false;
        options.MirrorEquivariance = true;
        options.Epochs = 150;
        options.DecayEpochs = 50;
    }
}
