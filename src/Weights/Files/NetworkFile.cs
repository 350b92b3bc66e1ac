using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>A network in one safetensors file: its weights, and in the header its graph and model card.</summary>
public static class NetworkFile
{
    /// <summary>The key of the graph's JSON in the header.</summary>
    public const string GraphKey = "imt.graph";

    /// <summary>Writes a network. The file appears under its name only when it is complete and on the disk.</summary>
    /// <exception cref="ArgumentException">The weights are not those of the graph; the message lists what does not
    /// fit.</exception>
    public static void Write(string path, NetworkGraph graph, StateDict weights, ModelCard? card = null)
    {
        weights.Check(graph);
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [GraphKey] = graph.ToJson() };
        if (card is not null)
            metadata[ModelCard.MetadataKey] = card.ToJson();
        Safetensors.Write(path, weights, metadata);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The file is not sound, has no graph in its header, or other weights than its
    /// graph.</exception>
    public static ImportedNetwork Read(string path) =>
        Safetensors.ReadMetadata(path).ContainsKey(GraphKey)
            ? CheckpointImporter.Import(path)
            : throw new FormatException(
                $"'{path}' has no '{GraphKey}' in its header: it is not a network file that this library wrote."
            );
}
