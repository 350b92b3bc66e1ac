namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What is changed at random of the images that the discriminator sees, real and generated ones alike, so that it does
/// not learn few images by heart (DiffAugment, Zhao et al. 2020). The generator learns through the changes.
/// </summary>
[Flags]
public enum DiscriminatorAugmentation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Brightness, saturation and contrast of the judged image; for pairs the target side only.</summary>
    Color = 1,

    /// <summary>A shift by up to an eighth of each side; what comes in is gray (0). Pairs are shifted as one.</summary>
    Translation = 2,

    /// <summary>A rectangle of half the width and height becomes gray (0), in both images of a pair.</summary>
    Cutout = 4,
}
