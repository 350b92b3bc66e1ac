namespace MlNetImageTranslation.Networks;

/// <summary>
/// What the Keras tutorials train the generator through: the source image enters twice, as the generator's input and,
/// beside the generated image, as the frozen discriminator's. For summaries; training here needs no such composite.
/// </summary>
internal static class KerasPix2Pix
{
    public static NetworkGraph Create(string name, NetworkOptions options)
    {
        var generator = KerasUNet.Create(name, options);
        var builder = new NetworkBuilder(name, generator.Input);
        foreach (var layer in generator.Layers)
            builder.Add(Rename(layer, "generator."));
        builder.Concatenate("pair", NetworkGraph.InputName, builder.Last);
        var discriminator = KerasPatchDiscriminator.Create(
            name,
            new()
            {
                Architecture = name,
                InputChannels = builder.Shape.Channels,
                Filters = options.Filters,
                Size = generator.Input.Height,
            }
        );
        foreach (var layer in discriminator.Layers)
            builder.Add(Rename(layer, "discriminator.", "pair") with { Frozen = true });
        return builder.Build();
    }

    private static Layer Rename(Layer layer, string prefix, string input = NetworkGraph.InputName) =>
        layer with
        {
            Name = prefix + layer.Name,
            Inputs = [.. layer.Inputs.Select(name => name == NetworkGraph.InputName ? input : prefix + name)],
        };
}
