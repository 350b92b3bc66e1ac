using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// A network that was read from a file. A file that <see cref="Write"/> wrote says by itself what it is: it is a
/// safetensors file of the weights, with graph and model card in the header. <see cref="CheckpointImporter"/> reads the
/// files of others.
/// </summary>
/// <param name="Graph">The network that the weights belong to.</param>
/// <param name="Weights">Its weights, under this library's names, in the order of
/// <see cref="NetworkGraph.Parameters"/>.</param>
/// <param name="Card">The file's own model card; null where it has none.</param>
/// <param name="Entry">Where in the file the weights were: empty for its top, else keys and prefixes, such as
/// <c>netG</c>.</param>
/// <param name="Ignored">Tensors that the network does not use: running statistics of instance norms, a classifier
/// behind VGG's features.</param>
public sealed record NetworkFile(
    NetworkGraph Graph,
    StateDict Weights,
    ModelCard? Card,
    string Entry,
    IReadOnlyList<string> Ignored
)
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
    public static NetworkFile Read(string path) =>
        Safetensors.ReadMetadata(path).ContainsKey(GraphKey)
            ? CheckpointImporter.Import(path)
            : throw new FormatException(
                $"'{path}' has no '{GraphKey}' in its header: it is not a network file that this library wrote."
            );
}
