using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// An exported model that was compared with torch, over all values of the images it was verified on.
/// </summary>
/// <param name="File">The ONNX file.</param>
/// <param name="Card">Its model card.</param>
/// <param name="LargestError">The largest error on the scale of [-1, 1] that its 8-bit answers prove (rounding to 8
/// bits is not an error).</param>
/// <param name="Psnr">PSNR of its 8-bit answers against torch's, in dB; infinite where all are equal.</param>
/// <param name="Images">Images compared.</param>
public sealed record VerifiedModel(string File, ModelCard Card, double LargestError, double Psnr, int Images);
