using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// How far a discriminator's inner features of generated images are from those of real ones (pix2pixHD, section 3.3,
/// equation 4).
/// </summary>
internal static class FeatureMatching
{
    /// <summary>
    /// The mean over layers and scales of the L1 distance; the last tensor of every scale is the logits and does not
    /// count.
    /// </summary>
    public static Tensor Of(Tensor[][] generated, Tensor[][] real)
    {
        Tensor? sum = null;
        int count = 0;
        for (int scale = 0; scale < generated.Length; scale++)
        for (int layer = 0; layer < generated[scale].Length - 1; layer++, count++)
        {
            var distance = functional.l1_loss(generated[scale][layer], real[scale][layer].detach());
            sum = sum is null ? distance : sum + distance;
        }
        return sum!.Over(count);
    }
}
