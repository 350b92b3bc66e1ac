using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// A network in one safetensors file: its weights, and in the header its graph and model card. Such a file says by
/// itself what it is.
/// </summary>
public static class NetworkFile
{
    /// <summary>The key of the graph's JSON in the header.</summary>
    public const string GraphKey = "imt.graph";

    /// <summary>Writes a network. The file appears under its name only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="graph">The network.</param>
    /// <param name="weights">All its weights and nothing else.</param>
    /// <param name="card">What the network is and where it comes from.</param>
    /// <param name="flushToDisk">Whether the file must survive a power failure.</param>
    /// <exception cref="ArgumentException">The weights are not those of the graph; the message lists what does not
    /// fit.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path,
        NetworkGraph graph,
        StateDict weights,
        ModelCard? card = null,
        bool flushToDisk = true
    )
    {
        weights.Check(graph);
        Safetensors.Write(path, weights, Metadata(graph, card), flushToDisk);
    }

    /// <summary>The header's entries for a network, for files that have others beside them.</summary>
    public static Dictionary<string, string> Metadata(NetworkGraph graph, ModelCard? card = null)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [GraphKey] = graph.ToJson() };
        if (card is not null)
            metadata[ModelCard.MetadataKey] = card.ToJson();
        return metadata;
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
