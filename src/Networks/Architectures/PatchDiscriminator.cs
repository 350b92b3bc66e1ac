namespace MlNetImageTranslation.Networks;

/// <summary>
/// The PatchGAN discriminator (pix2pix paper, section 3.2.2 and appendix 6.1.2; the reference's NLayerDiscriminator):
/// one logit for every overlapping patch, 70x70 pixels with three strided layers. Layers: <c>layer1.conv</c>,
/// <c>layer1.activation</c>, <c>layer2.conv</c>, <c>layer2.norm</c> ... <c>logits</c>. The antialiased one is CUT's:
/// its convolutions have stride 1, and low-pass filters (<c>layer1.blur</c> ...) halve the image. pix2pixHD's pads with
/// two pixels, has a bias everywhere and at most 512 channels (its models/networks.py, NLayerDiscriminator).
/// </summary>
internal static class PatchDiscriminator
{
    /// <summary>The name of pix2pixHD's.</summary>
    public const string Pix2PixHd = "pix2pixhd-patch";

    private const int MaximumChannels = 512;

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int strided = options.Layers ?? 3,
            filters = options.Filters ?? 64,
            side = Architecture.Side(name, options, 256, 1);
        Architecture.RefuseDropout(name, options);
        bool large = name == Pix2PixHd;
        var norm = options.Norm ?? (large ? NormalizationKind.Instance : NormalizationKind.Batch);
        var padding = Padding.All(large ? 2 : 1);
        bool bias = large || norm == NormalizationKind.Instance,
            antialiased = name.EndsWith(ResNet.Antialiased, StringComparison.Ordinal);

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 6, side, side))
            .Convolution("layer1.conv", filters, 4, antialiased ? 1 : 2, padding)
            .LeakyRelu("layer1.activation");
        if (antialiased)
            builder.Blur("layer1.blur");
        for (int layer = 2; layer <= strided + 1; layer++)
        {
            bool halves = layer <= strided;
            builder
                .Convolution(
                    $"layer{layer}.conv",
                    large
                        ? (int)Math.Min((long)filters << (layer - 1), MaximumChannels)
                        : filters << Math.Min(layer - 1, 3),
                    4,
                    halves && !antialiased ? 2 : 1,
                    padding,
                    bias
                )
                .Normalization($"layer{layer}.norm", norm)
                .LeakyRelu($"layer{layer}.activation");
            if (halves && antialiased)
                builder.Blur($"layer{layer}.blur");
        }
        return builder.Convolution("logits", 1, 4, 1, padding).Build();
    }
}
