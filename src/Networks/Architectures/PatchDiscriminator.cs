namespace MlNetImageTranslation.Networks;

/// <summary>
/// The PatchGAN discriminator (pix2pix paper, section 3.2.2 and appendix 6.1.2; the reference's NLayerDiscriminator):
/// one logit for every overlapping patch, 70x70 pixels with three strided layers. Layers: <c>layer1.conv</c>,
/// <c>layer1.activation</c>, <c>layer2.conv</c>, <c>layer2.norm</c> ... <c>logits</c>. The antialiased one is CUT's: its
/// convolutions have stride 1, and low-pass filters (<c>layer1.blur</c> ...) halve the image.
/// </summary>
internal static class PatchDiscriminator
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int strided = options.Layers ?? 3,
            filters = options.Filters ?? 64,
            side = Architecture.Side(name, options, 256, 1);
        Architecture.RefuseDropout(name, options);
        var norm = options.Norm ?? NormalizationKind.Batch;
        bool bias = norm == NormalizationKind.Instance,
            antialiased = name.EndsWith(ResNet.Antialiased, StringComparison.Ordinal);

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 6, side, side))
            .Convolution("layer1.conv", filters, 4, antialiased ? 1 : 2, Padding.All(1))
            .LeakyRelu("layer1.activation");
        if (antialiased)
            builder.Blur("layer1.blur");
        for (int layer = 2; layer <= strided + 1; layer++)
        {
            bool halves = layer <= strided;
            builder
                .Convolution(
                    $"layer{layer}.conv",
                    filters << Math.Min(layer - 1, 3),
                    4,
                    halves && !antialiased ? 2 : 1,
                    Padding.All(1),
                    bias
                )
                .Normalization($"layer{layer}.norm", norm)
                .LeakyRelu($"layer{layer}.activation");
            if (halves && antialiased)
                builder.Blur($"layer{layer}.blur");
        }
        return builder.Convolution("logits", 1, 4, 1, Padding.All(1)).Build();
    }
}
