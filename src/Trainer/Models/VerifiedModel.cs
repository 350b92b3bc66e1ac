using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A file of a network that was compared with torch, over all values of the images it was verified on.
/// </summary>
/// <param name="File">The ONNX or safetensors file.</param>
/// <param name="Card">Its model card.</param>
/// <param name="LargestError">The largest error on the scale of [-1, 1] that its 8-bit answers prove (rounding to 8
/// bits is not an error).</param>
/// <param name="Psnr">PSNR of its 8-bit answers against torch's, in dB; infinite where all are equal, as for a
/// safetensors file, which holds the very same weights.</param>
/// <param name="Images">Images compared; none for a safetensors file.</param>
public sealed record VerifiedModel(string File, ModelCard Card, double LargestError, double Psnr, int Images)
{
    /// <summary>The network in the checkpoint that the file was converted from; null for a run's export.</summary>
    public NetworkFile? Network { get; init; }
}
