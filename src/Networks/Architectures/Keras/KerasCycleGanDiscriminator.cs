namespace MlNetImageTranslation.Networks;

/// <summary>
/// The CycleGAN discriminator of the Keras tutorials, for 128x128 images: zero padding of 1 before each 4x4
/// convolution, 64-128-256-512 strided with instance norm (not on the first), one channel of 7x7 logits. It sees
/// patches of 94x94 pixels.
/// </summary>
/// <remarks>
/// Two slips of the tutorial are corrected: it prints a kernel size of 64 for a hidden convolution, where 4 is meant,
/// and <c>InstanceNormalization(axis=1)</c>, which on its channels-last data means image rows; here each channel is
/// normalized. The tutorial's sigmoid is left to the loss: the output is logits.
/// </remarks>
internal static class KerasCycleGanDiscriminator
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        int filters = options.Filters ?? 64,
            side = Architecture.Side(name, options, 128, 1);
        Architecture.RefuseLayers(name, options);
        Architecture.RefuseDropout(name, options);
        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        for (int layer = 1; layer <= 4; layer++)
        {
            builder
                .Pad($"layer{layer}.pad", Padding.All(1), PaddingMode.Zero)
                .Convolution($"layer{layer}.conv", filters << (layer - 1), 4, 2);
            if (layer > 1)
                KerasNormalization.Instance(builder, $"layer{layer}.norm");
            builder.LeakyRelu($"layer{layer}.activation");
        }
        return builder.Pad("logits.pad", Padding.All(1), PaddingMode.Zero).Convolution("logits", 1, 4).Build();
    }
}
