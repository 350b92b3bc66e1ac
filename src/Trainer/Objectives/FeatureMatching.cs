using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// How far a discriminator's inner features of generated images are from those of real ones (pix2pixHD, section 3.3,
/// equation 4).
/// </summary>
internal static class FeatureMatching
{
    private const double LayerWeight = 4;

    /// <summary>
    /// The L1 distances, summed over the layers with the weight 4 / layers and averaged over the scales, as the
    /// reference does (models/pix2pixHD_model.py); the last tensor of every scale is the logits and does not count.
    /// </summary>
    public static Tensor Of(Tensor[][] generated, Tensor[][] real)
    {
        Tensor? sum = null;
        for (int scale = 0; scale < generated.Length; scale++)
        {
            int layers = generated[scale].Length - 1;
            for (int layer = 0; layer < layers; layer++)
            {
                var distance = functional
                    .l1_loss(generated[scale][layer], real[scale][layer].detach())
                    .Times((float)(LayerWeight / layers / generated.Length));
                sum = sum is null ? distance : sum.Plus(distance);
            }
        }
        return sum!;
    }
}
