namespace MlNetImageTranslation.Networks;

/// <summary>
/// The pix2pix generator of PyTorch-GAN (implementations/pix2pix/models.py, GeneratorUNet): a U-Net of eight levels
/// with instance norm and no bias, whose skips have passed norm, leaky ReLU and dropout, and which ends in upsampling
/// and a convolution in place of a transposed one. Level names as in <see cref="UNet"/>.
/// </summary>
internal static class PyTorchGanUNet
{
    /// <summary>Halvings of the image.</summary>
    public const int Levels = 8;

    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int side = Architecture.Side(name, options, 1 << Levels, 1 << Levels),
            filters = options.Filters ?? 64;
        Architecture.RefuseLayers(name, options);
        var norm = options.Norm ?? NormalizationKind.Instance;
        bool dropout = options.Dropout ?? true;
        int Filters(int level) => filters << Math.Min(level - 1, 3);

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        var skips = new string[Levels + 1];
        for (int level = 1; level <= Levels; level++)
        {
            builder.Convolution($"down{level}.conv", Filters(level), 4, 2, Padding.All(1), bias: false);
            if (level is > 1 and < Levels)
                builder.Normalization($"down{level}.norm", norm);
            builder.LeakyRelu($"down{level}.activation");
            if (dropout && level > 3)
                builder.Dropout($"down{level}.dropout");
            skips[level] = builder.Last;
        }
        for (int level = Levels; level > 1; level--)
        {
            builder
                .TransposedConvolution($"up{level}.conv", Filters(level - 1), 4, 2, Padding.All(1), bias: false)
                .Normalization($"up{level}.norm", norm)
                .Relu($"up{level}.activation");
            if (dropout && level > 4)
                builder.Dropout($"up{level}.dropout");
            builder.Concatenate($"up{level}.concat", builder.Last, skips[level - 1]);
        }
        return builder
            .Upsample("last.upsample")
            .Pad("last.pad", new Padding(1, 1, 0, 0), PaddingMode.Zero)
            .Convolution("last.conv", options.OutputChannels ?? 3, 4, 1, Padding.All(1))
            .Tanh("output")
            .Build();
    }
}
