namespace MlNetImageTranslation.Networks;

/// <summary>
/// The 1x1 PatchGAN, or PixelGAN (pix2pix paper, section 4.4; the reference's PixelDiscriminator): it judges every
/// pixel by itself.
/// </summary>
internal static class PixelDiscriminator
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int filters = options.Filters ?? 64,
            side = Architecture.Side(name, options, 256, 1);
        Architecture.RefuseLayers(name, options);
        Architecture.RefuseDropout(name, options);
        var norm = options.Norm ?? NormalizationKind.Batch;
        bool bias = norm == NormalizationKind.Instance;
        return new NetworkBuilder(name, new(options.InputChannels ?? 6, side, side))
            .Convolution("layer1.conv", filters, 1)
            .LeakyRelu("layer1.activation")
            .Convolution("layer2.conv", filters * 2, 1, bias: bias)
            .Normalization("layer2.norm", norm)
            .LeakyRelu("layer2.activation")
            .Convolution("logits", 1, 1, bias: bias)
            .Build();
    }
}
