namespace MlNetImageTranslation.Trainer;

/// <summary>What the discriminator's logits are compared by (the reference's <c>--gan_mode</c>).</summary>
public enum AdversarialObjective
{
    /// <summary>Cross entropy on logits: the GAN of the pix2pix paper.</summary>
    Vanilla,

    /// <summary>Squared distance to 1 for real, 0 for generated (LSGAN, Mao et al. 2017): CycleGAN's choice.</summary>
    LeastSquares,

    /// <summary>Difference of means with a gradient penalty (WGAN-GP, Gulrajani et al. 2017).</summary>
    Wasserstein,
}
