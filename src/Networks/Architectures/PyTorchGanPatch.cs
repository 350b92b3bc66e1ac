namespace MlNetImageTranslation.Networks;

/// <summary>
/// The discriminators of PyTorch-GAN (implementations/pix2pix/models.py and implementations/cyclegan/models.py): four
/// strided convolutions with instance norm, a row and a column of zeros before the first of the image, and logits,
/// which have a bias in CycleGAN's only. Layers: <c>layer1.conv</c>, <c>layer1.activation</c>, <c>layer2.conv</c>,
/// <c>layer2.norm</c> ... <c>logits</c>.
/// </summary>
internal static class PyTorchGanPatch
{
    private const int Layers = 4;

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        Architecture.RefuseLayers(name, options);
        Architecture.RefuseDropout(name, options);
        int side = Architecture.Side(name, options, 256, 1 << Layers),
            filters = options.Filters ?? 64,
            channels = options.InputChannels ?? 6;
        var builder = new NetworkBuilder(name, new(channels, side, side))
            .Convolution("layer1.conv", filters, 4, 2, Padding.All(1))
            .LeakyRelu("layer1.activation");
        for (int layer = 2; layer <= Layers; layer++)
            builder
                .Convolution($"layer{layer}.conv", filters << (layer - 1), 4, 2, Padding.All(1))
                .Normalization($"layer{layer}.norm", options.Norm ?? NormalizationKind.Instance)
                .LeakyRelu($"layer{layer}.activation");
        return builder
            .Pad("logits.pad", new Padding(1, 1, 0, 0), PaddingMode.Zero)
            .Convolution("logits", 1, 4, 1, Padding.All(1), bias: false)
            .Build();
    }
}
