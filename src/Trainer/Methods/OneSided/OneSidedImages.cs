namespace MlNetImageTranslation.Trainer;

/// <summary>The images of a step of one-sided translation, [N, C, H, W].</summary>
/// <param name="Source">The source images.</param>
/// <param name="Target">The target images.</param>
/// <param name="Translated">What the generator made of the source images.</param>
/// <param name="Identity">What it made of the target images, where <see cref="ContentTie.TranslatesTargets"/>.</param>
/// <param name="Mirrored">Whether the generator got mirrored images, so that it made mirrored ones.</param>
/// <param name="Step">Steps made before.</param>
internal sealed record OneSidedImages(
    Tensor Source,
    Tensor Target,
    Tensor Translated,
    Tensor? Identity,
    bool Mirrored,
    long Step
);
