namespace MlNetImageTranslation.Trainer;

/// <summary>What random numbers are for. Every purpose has numbers of its own, so that one option never changes the draws of another.</summary>
public enum RandomStream
{
    /// <summary>Initial weights of the generator (A to B in CycleGAN).</summary>
    Generator,

    /// <summary>Initial weights of the discriminator (of B pictures in CycleGAN).</summary>
    Discriminator,

    /// <summary>Initial weights of CycleGAN's generator from B to A.</summary>
    SecondGenerator,

    /// <summary>Initial weights of CycleGAN's discriminator of A pictures.</summary>
    SecondDiscriminator,

    /// <summary>The order of pictures; the index is the epoch.</summary>
    Shuffle,

    /// <summary>Crop and mirror of source pictures (and of whole pairs); the index is the sample's number in the run.</summary>
    Augmentation,

    /// <summary>Crop and mirror of unpaired target pictures; the index is the sample's number in the run.</summary>
    TargetAugmentation,

    /// <summary>Which target picture meets a source picture in unpaired training; the index is the sample's number in the run.</summary>
    Pairing,

    /// <summary>The seeds of the generators by which networks' dropout draws; the index is the step.</summary>
    Dropout,

    /// <summary>CycleGAN's image pool of generated B pictures; the index is the number of pictures asked for so far.</summary>
    Pool,

    /// <summary>CycleGAN's image pool of generated A pictures; the index is the number of pictures asked for so far.</summary>
    SecondPool,

    /// <summary>Where between real and generated pictures the gradient penalty looks; the index is the step.</summary>
    GradientPenalty,

    /// <summary>Which pictures are held out for validation.</summary>
    ValidationSplit,
}
