namespace MlNetImageTranslation.Trainer;

/// <summary>How far an exported model is from the network it was made of.</summary>
/// <param name="LargestError">As in <see cref="VerifiedModel"/>.</param>
/// <param name="Psnr">As in <see cref="VerifiedModel"/>.</param>
/// <param name="Images">Images compared.</param>
internal readonly record struct ModelDifference(double LargestError, double Psnr, int Images);
