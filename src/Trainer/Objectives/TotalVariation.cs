using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>The mean absolute difference of neighbouring pixels, across plus down: small where a picture is smooth.</summary>
internal static class TotalVariation
{
    /// <summary>The total variation of pictures [N, C, H, W], per pixel.</summary>
    public static Tensor Of(Tensor pictures)
    {
        long height = pictures.shape[2], width = pictures.shape[3];
        var down = functional.l1_loss(pictures.narrow(2, 1, height - 1), pictures.narrow(2, 0, height - 1));
        var across = functional.l1_loss(pictures.narrow(3, 1, width - 1), pictures.narrow(3, 0, width - 1));
        return down + across;
    }
}
