using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>A network from somebody else's file, under our names.</summary>
/// <param name="Graph">The network that the weights belong to.</param>
/// <param name="Weights">Its weights, in the order of <see cref="NetworkGraph.Parameters"/>.</param>
/// <param name="Card">The file's own model card; null where it has none.</param>
/// <param name="Entry">Where in the file the weights were: empty for its top, else keys and prefixes, such as
/// <c>netG</c>.</param>
/// <param name="Ignored">Tensors that the network does not use: running statistics of instance norms, a classifier
/// behind VGG's features.</param>
public sealed record ImportedNetwork(
    NetworkGraph Graph,
    StateDict Weights,
    ModelCard? Card,
    string Entry,
    IReadOnlyList<string> Ignored
);
