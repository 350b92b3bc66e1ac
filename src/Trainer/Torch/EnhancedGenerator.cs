using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The coarse-to-fine training of pix2pixHD (Wang et al. 2018, section 3.2): a generator with a local enhancer begins
/// with the weights of a global generator that was trained on smaller images.
/// </summary>
internal static class EnhancedGenerator
{
    private const string Prefix = "global.";

    /// <summary>Whether a network has a local enhancer.</summary>
    public static bool Is(NetworkGraph graph) =>
        graph.Name.StartsWith(NetworkCatalog.Pix2PixHdLocal, StringComparison.Ordinal);

    /// <summary>
    /// Fills the global part of a network's weights from a file; null where the network has no such part.
    /// </summary>
    /// <param name="graph">The network with a local enhancer.</param>
    /// <param name="weights">Its weights, which are changed.</param>
    /// <param name="file">The file with a global generator.</param>
    /// <exception cref="FormatException">The file holds no generator that fits.</exception>
    public static StateDict? Fill(NetworkGraph graph, StateDict weights, string file)
    {
        if (!Is(graph))
            return null;
        var global = NetworkFile.Load(file, GlobalPart(graph)).Weights;
        foreach (string name in weights.Names.ToArray())
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
                weights[name] = global[name[Prefix.Length..]];
        return weights;
    }

    // As the catalog makes it, with the last convolution that the enhancer replaces.
    private static NetworkGraph GlobalPart(NetworkGraph graph)
    {
        var layers = new List<Layer>();
        foreach (var layer in graph.Layers)
            if (layer is LabelPlanesLayer)
                layers.Add(layer);
            else if (layer.Name.StartsWith(Prefix, StringComparison.Ordinal) && layer is not PoolingLayer)
                layers.Add(layer with { Name = Short(layer.Name), Inputs = [.. layer.Inputs.Select(Source)] });
        var builder = new NetworkBuilder(
            NetworkCatalog.Pix2PixHd,
            graph.Input with
            {
                Height = graph.Input.Height / 2,
                Width = graph.Input.Width / 2,
            }
        );
        foreach (var layer in layers)
            builder.Add(layer);
        return builder
            .Pad("last.pad", Padding.All(3), PaddingMode.Reflect)
            .Convolution("last.conv", graph.Output.Channels, 7)
            .Tanh("output")
            .Build();

        string Source(string name) =>
            graph.Layers.FirstOrDefault(layer => layer.Name == name) is PoolingLayer half
                ? half.Inputs[0]
                : Short(name);
    }

    private static string Short(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
