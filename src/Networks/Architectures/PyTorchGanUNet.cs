namespace MlNetImageTranslation.Networks;

/// <summary>
/// The U-Nets of PyTorch-GAN (implementations/pix2pix, discogan, dualgan: models.py). They have instance norm, and
/// their skips have passed norm, leaky ReLU and dropout. Those of pix2pix and DiscoGAN end in upsampling and a
/// convolution in place of a transposed one. Level names as in <see cref="UNet"/>.
/// </summary>
internal static class PyTorchGanUNet
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        var form = Form.Of(name);
        int levels = form.Levels,
            side = Architecture.Side(name, options, 1 << levels, 1 << levels),
            filters = options.Filters ?? 64;
        Architecture.RefuseLayers(name, options);
        var norm = options.Norm ?? NormalizationKind.Instance;
        bool dropout = options.Dropout ?? true;
        int Filters(int level) => filters << Math.Min(level - 1, 3);

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        var skips = new string[levels + 1];
        for (int level = 1; level <= levels; level++)
        {
            builder.Convolution($"down{level}.conv", Filters(level), 4, 2, Padding.All(1), form.Bias);
            if (level > 1 && level < levels)
                AddNorm($"down{level}.norm");
            builder.LeakyRelu($"down{level}.activation");
            if (dropout && level >= form.DropoutDown)
                builder.Dropout($"down{level}.dropout");
            skips[level] = builder.Last;
        }
        for (int level = levels; level > 1; level--)
        {
            builder.TransposedConvolution($"up{level}.conv", Filters(level - 1), 4, 2, Padding.All(1), form.Bias);
            AddNorm($"up{level}.norm");
            builder.Relu($"up{level}.activation");
            if (dropout && level >= form.DropoutUp)
                builder.Dropout($"up{level}.dropout");
            builder.Concatenate($"up{level}.concat", builder.Last, skips[level - 1]);
        }
        int channels = options.OutputChannels ?? 3;
        if (form.Upsamples)
            builder
                .Upsample("last.upsample")
                .Pad("last.pad", new Padding(1, 1, 0, 0), PaddingMode.Zero)
                .Convolution("last.conv", channels, 4, 1, Padding.All(1));
        else
            builder.TransposedConvolution("last.conv", channels, 4, 2, Padding.All(1));
        return builder.Tanh("output").Build();

        void AddNorm(string layer)
        {
            if (!form.Affine || norm != NormalizationKind.Instance)
                builder.Normalization(layer, norm);
            else
                builder.Add(
                    new NormalizationLayer
                    {
                        Name = layer,
                        Inputs = [builder.Last],
                        Kind = norm,
                        Channels = builder.Shape.Channels,
                        Affine = true,
                    }
                );
        }
    }

    // What the three differ in. Dropout is in the levels from those numbers on.
    private sealed record Form(int Levels, bool Bias, bool Affine, bool Upsamples, int DropoutDown, int DropoutUp)
    {
        public static Form Of(string name) =>
            name switch
            {
                NetworkCatalog.PyTorchGanDiscoGan => new(6, Bias: true, Affine: false, Upsamples: true, 3, 4),
                NetworkCatalog.PyTorchGanDualGan => new(7, Bias: false, Affine: true, Upsamples: false, 4, 5),
                _ => new(8, Bias: false, Affine: false, Upsamples: true, 4, 5),
            };
    }
}
