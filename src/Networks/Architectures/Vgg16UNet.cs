namespace MlNetImageTranslation.Networks;

/// <summary>
/// A U-Net whose encoder is <see cref="Vgg16"/>, frozen, up to its fifth block; the decoder is the plain U-Net's.
/// </summary>
internal static class Vgg16UNet
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        Architecture.RefuseLayers(name, options);
        int filters = options.Filters ?? 64;
        var norm = options.Norm ?? NormalizationKind.Batch;
        var builder = Vgg16.Begin(name, options, out var skips);
        if (options.Dropout ?? false)
            builder.Dropout("bottom.dropout");
        for (int level = skips.Length; level >= 1; level--)
        {
            builder.Upsample($"up{level}.upsample").Concatenate($"up{level}.concat", skips[level - 1], builder.Last);
            PlainUNet.AddPair(builder, $"up{level}", filters << (level - 1), norm);
        }
        return builder.Convolution("last.conv", options.OutputChannels ?? 3, 1).Tanh("output").Build();
    }
}
