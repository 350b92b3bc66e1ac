using System.Numerics;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// The U-Net of the pix2pix paper (appendix 6.1.1) as the reference builds it (models/networks.py, UnetGenerator):
/// strided 4x4 convolutions down to one pixel, transposed ones up, and a skip from every level to its mirror image.
/// Layers: <c>down1.conv</c>, <c>down2.activation</c>, <c>down2.conv</c>, <c>down2.norm</c> ... <c>up2.concat</c>,
/// <c>up2.activation</c>,
/// <c>up2.conv</c>, <c>up2.norm</c>, <c>up2.dropout</c> ... <c>output</c>; downN and upN work at the same level.
/// </summary>
internal static class UNet
{
    public static NetworkGraph Create(string name, int size, NetworkOptions options) =>
        Create(name, size, options, skips: true);

    internal static NetworkGraph Create(string name, int size, NetworkOptions options, bool skips)
    {
        if (size < 4 || !BitOperations.IsPow2(size))
            throw new ArgumentException(
                $"Network '{name}' needs a power of two of 4 or more in its name, but has {size}.",
                nameof(options)
            );
        int levels = BitOperations.Log2((uint)size),
            filters = options.Filters ?? 64,
            side = Architecture.Side(name, options, size, size);
        Architecture.RefuseLayers(name, options);
        var norm = options.Norm ?? NormalizationKind.Batch;
        bool bias = norm == NormalizationKind.Instance,
            dropout = options.Dropout ?? true;
        int Filters(int level) => filters << Math.Min(level - 1, 3);

        var builder = new NetworkBuilder(name, new(options.InputChannels ?? 3, side, side));
        for (int level = 1; level <= levels; level++)
        {
            if (level > 1)
                builder.LeakyRelu($"down{level}.activation");
            builder.Convolution($"down{level}.conv", Filters(level), 4, 2, Padding.All(1), bias);
            if (level > 1 && level < levels)
                builder.Normalization($"down{level}.norm", norm);
        }
        for (int level = levels; level > 1; level--)
        {
            if (skips && level < levels)
                builder.Concatenate($"up{level}.concat", Skip(level), builder.Last);
            builder
                .Relu($"up{level}.activation")
                .TransposedConvolution($"up{level}.conv", Filters(level - 1), 4, 2, Padding.All(1), bias)
                .Normalization($"up{level}.norm", norm);
            // The reference gives dropout to the blocks between the innermost and the four outermost ones.
            if (dropout && level < levels && level > 4)
                builder.Dropout($"up{level}.dropout");
        }
        if (skips)
            builder.Concatenate("up1.concat", Skip(1), builder.Last);
        return builder
            .Relu("up1.activation")
            .TransposedConvolution("up1.conv", options.OutputChannels ?? 3, 4, 2, Padding.All(1))
            .Tanh("output")
            .Build();

        string Skip(int level) =>
            level > 1 && norm != NormalizationKind.None ? $"down{level}.norm" : $"down{level}.conv";
    }
}
