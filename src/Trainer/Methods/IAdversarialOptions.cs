namespace MlNetImageTranslation.Trainer;

/// <summary>What the trainers with a discriminator have in common.</summary>
public interface IAdversarialOptions
{
    /// <summary>
    /// The discriminator's architecture, one of <see cref="NetworkCatalog.Discriminators"/> (<c>--netD</c> of the
    /// reference).
    /// </summary>
    string Discriminator { get; set; }

    /// <summary>Filters of the discriminator's first convolution (<c>--ndf</c>).</summary>
    int DiscriminatorFilters { get; set; }

    /// <summary>
    /// Strided layers of a <c>patch</c> or <c>image</c> discriminator; null for its own choice, 3
    /// (<c>--n_layers_D</c>).
    /// </summary>
    int? DiscriminatorLayers { get; set; }

    /// <summary>
    /// How many discriminators look at the images, each at half the size of the one before: 1, 2 or 3 (pix2pixHD,
    /// section 3.2).
    /// </summary>
    int DiscriminatorScales { get; set; }

    /// <summary>What logits are compared by (<c>--gan_mode</c>).</summary>
    AdversarialObjective Objective { get; set; }

    /// <summary>Weight of the gradient penalty of <see cref="AdversarialObjective.Wasserstein"/>.</summary>
    double GradientPenaltyWeight { get; set; }

    /// <summary>What is changed at random of the images that the discriminator sees.</summary>
    DiscriminatorAugmentation DiscriminatorAugmentation { get; set; }

    /// <summary>A discriminator of one's own, instead of the one named.</summary>
    NetworkGraph? DiscriminatorGraph { get; set; }
}
