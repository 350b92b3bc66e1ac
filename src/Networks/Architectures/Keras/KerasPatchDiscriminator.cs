namespace MlNetImageTranslation.Networks;

/// <summary>
/// The pix2pix discriminator of the Keras tutorials: C64-C128-C256-C512 strided, C512 and one channel not, kernel 4,
/// "same" padding, bias everywhere. Called a 70x70 PatchGAN there; its four strided layers make it one of 142x142. It
/// ends in logits, not in a sigmoid.
/// </summary>
internal static class KerasPatchDiscriminator
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int side = Architecture.Side(name, options, 256, 16);
        Architecture.RefuseLayers(name, options);
        Architecture.RefuseDropout(name, options);
        int filters = options.Filters ?? 64;
        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 6, side, side))
            .Convolution("layer1.conv", filters, 4, 2, Padding.Same(4, 2))
            .LeakyRelu("layer1.activation");
        for (int layer = 2; layer <= 5; layer++)
        {
            int stride = layer < 5 ? 2 : 1;
            builder.Convolution(
                $"layer{layer}.conv",
                filters << Math.Min(layer - 1, 3),
                4,
                stride,
                Padding.Same(4, stride)
            );
            KerasNormalization.Batch(builder, $"layer{layer}.norm").LeakyRelu($"layer{layer}.activation");
        }
        return builder.Convolution("logits", 1, 4, 1, Padding.Same(4, 1)).Build();
    }
}
