namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What random numbers are for. Every purpose has numbers of its own, so that one option never changes the draws of
/// another.
/// </summary>
internal enum RandomStream
{
    /// <summary>Initial weights of the generator (A to B in CycleGAN).</summary>
    Generator,

    /// <summary>Initial weights of the discriminator (of B images in CycleGAN).</summary>
    Discriminator,

    /// <summary>Initial weights of CycleGAN's generator from B to A.</summary>
    SecondGenerator,

    /// <summary>Initial weights of CycleGAN's discriminator of A images.</summary>
    SecondDiscriminator,

    /// <summary>The order of images; the index is the epoch.</summary>
    Shuffle,

    /// <summary>
    /// Crop and mirror of source images (and of whole pairs); the index is the sample's number in the run.
    /// </summary>
    Augmentation,

    /// <summary>Crop and mirror of unpaired target images; the index is the sample's number in the run.</summary>
    TargetAugmentation,

    /// <summary>
    /// Which target image meets a source image in unpaired training; the index is the sample's number in the run.
    /// </summary>
    Pairing,

    /// <summary>The seeds of the generators by which networks' dropout draws; the index is the step.</summary>
    Dropout,

    /// <summary>
    /// CycleGAN's image pool of generated B images; the index is the number of images asked for so far.
    /// </summary>
    Pool,

    /// <summary>
    /// CycleGAN's image pool of generated A images; the index is the number of images asked for so far.
    /// </summary>
    SecondPool,

    /// <summary>Where between real and generated images the gradient penalty looks; the index is the step.</summary>
    GradientPenalty,

    /// <summary>Which images are held out for validation.</summary>
    ValidationSplit,

    /// <summary>Initial weights of CUT's projection heads.</summary>
    Projection,

    /// <summary>
    /// Which patches CUT compares; the index counts the layers of all passes through the encoder.
    /// </summary>
    Patches,

    /// <summary>Whether FastCUT mirrors the images of a step; the index is the step.</summary>
    Mirroring,

    /// <summary>The noise that CoGAN's generators make images of; the index is the step.</summary>
    Noise,

    /// <summary>The noise from which CoGAN's search for the noise of an image begins.</summary>
    NoiseSearch,

    /// <summary>
    /// Changes of the images that discriminators see; the index is the step, times 8, and the look in the step. A
    /// number of its own, so that streams can be added before it.
    /// </summary>
    DiscriminatorAugmentation = 64,
}
