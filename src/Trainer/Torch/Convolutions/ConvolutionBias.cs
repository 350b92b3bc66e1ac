using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>The bias of convolutions that are computed without it.</summary>
internal static class ConvolutionBias
{
    /// <summary>Adds a bias.</summary>
    /// <param name="result">[N, channels, height, width]; it is freed where a bias is added.</param>
    /// <param name="bias">[channels], if any.</param>
    public static Tensor Add(Tensor result, Tensor? bias)
    {
        if (bias is null)
            return result;
        using (result)
        using (var biases = bias.view(1, -1, 1, 1))
            return result.Plus(biases);
    }
}
