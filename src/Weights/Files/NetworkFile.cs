using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// A network that was read from a file. A file that <see cref="Write"/> wrote says by itself what it is: it is a
/// safetensors file of the weights, with graph and model card in the header.
/// <see cref="Import(string, ImportOptions?)"/> reads the files of others.
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
            ? Import(path)
            : throw new FormatException(
                $"'{path}' has no '{GraphKey}' in its header: it is not a network file that this library wrote."
            );

    /// <summary>
    /// Reads a network from a safetensors file or a PyTorch state dict (.pth, .pt; zip and legacy format) without
    /// executing anything, and finds out by names and shapes which it is: one that this library wrote, one of
    /// pytorch-CycleGAN-and-pix2pix, or torchvision's VGG16.
    /// </summary>
    /// <param name="path">The file; its format is seen by its contents, not by its name.</param>
    /// <param name="options">What the file does not say, or what is to be overruled.</param>
    /// <exception cref="FormatException">The file is not sound, holds no network that we know or several, or weights do
    /// not fit (all of them are listed: expected, found).</exception>
    /// <exception cref="ArgumentException">There is no such network as the options ask for, or it has
    /// no running statistics and the options ask for them.</exception>
    public static NetworkFile Import(string path, ImportOptions? options = null) =>
        CheckpointImporter.Import(path, options);

    /// <summary>Reads a network from a stream that can seek, from its beginning to its end, and closes it.</summary>
    /// <inheritdoc cref="Import(string, ImportOptions?)"/>
    public static NetworkFile Import(Stream stream, ImportOptions? options = null) =>
        CheckpointImporter.Import(stream, options);

    /// <summary>
    /// Reads the weights of a network that is known, under our names, the reference's or torchvision's.
    /// </summary>
    /// <param name="path">The file; its format is seen by its contents, not by its name.</param>
    /// <param name="graph">The network.</param>
    /// <param name="entry">Which of a file's networks, where there are several that fit: a key or prefix such as
    /// <c>netG_A</c>.</param>
    /// <exception cref="FormatException">The file is not sound, or weights do not fit (all of them are listed:
    /// expected, found).</exception>
    public static NetworkFile Load(string path, NetworkGraph graph, string? entry = null) =>
        CheckpointImporter.Load(path, graph, entry);
}
