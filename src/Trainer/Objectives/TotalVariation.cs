using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The mean absolute difference of neighbouring pixels, across plus down: small where an image is smooth.
/// </summary>
internal static class TotalVariation
{
    /// <summary>The total variation of images [N, C, H, W], per pixel.</summary>
    public static Tensor Of(Tensor images)
    {
        long height = images.shape[2],
            width = images.shape[3];
        var down = functional.l1_loss(images.narrow(2, 1, height - 1), images.narrow(2, 0, height - 1));
        var across = functional.l1_loss(images.narrow(3, 1, width - 1), images.narrow(3, 0, width - 1));
        return down.Plus(across);
    }
}
