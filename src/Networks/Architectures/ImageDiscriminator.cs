using System.Numerics;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// A discriminator of whole images, as GANs had before patches (DCGAN, Radford et al. 2016): strided 4x4 convolutions
/// down to about 4x4 pixels, flattened, one dense layer, one logit. It reads images of its designed size only.
/// </summary>
internal static class ImageDiscriminator
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int filters = options.Filters ?? 64,
            width = Architecture.Side(name, options, 256, 1),
            height = options.Height ?? width;
        int layers = options.Layers ?? Math.Max(1, BitOperations.Log2((uint)Math.Min(width, height)) - 2);
        Architecture.RefuseDropout(name, options);
        var norm = options.Norm ?? NormalizationKind.Batch;

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 6, height, width))
            .Convolution("layer1.conv", filters, 4, 2, Padding.All(1))
            .LeakyRelu("layer1.activation");
        for (int layer = 2; layer <= layers; layer++)
            builder
                .Convolution(
                    $"layer{layer}.conv",
                    filters << Math.Min(layer - 1, 3),
                    4,
                    2,
                    Padding.All(1),
                    norm != NormalizationKind.Batch
                )
                .Normalization($"layer{layer}.norm", norm)
                .LeakyRelu($"layer{layer}.activation");
        return builder.Flatten("flatten").Dense("logits", 1).Build();
    }
}
