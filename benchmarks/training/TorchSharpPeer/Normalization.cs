using MlNetImageTranslation.Trainer;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>How a discriminator normalizes: as pix2pix or as CycleGAN does.</summary>
internal enum Normalization
{
    Batch,
    Instance,
}

/// <summary>The layers of a normalization.</summary>
internal static class NormalizationLayers
{
    public static Module<Tensor, Tensor> Of(this Normalization normalization, int channels) =>
        normalization == Normalization.Batch ? BatchNorm2d(channels) : InstanceNorm2d(channels);
}
