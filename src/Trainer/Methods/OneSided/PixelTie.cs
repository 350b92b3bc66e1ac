using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// SimGAN's tie: the output should have the pixels of the input (Shrivastava et al. 2017, equation 4).
/// </summary>
internal sealed class PixelTie(double weight) : ContentTie
{
    public override IReadOnlyList<LossTerm> Terms { get; } = [LossTerm.Generator("g_self")];

    public override Tensor[] Losses(OneSidedImages images) =>
        [functional.l1_loss(images.Translated, images.Source).Times((float)weight)];
}
