using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Makes a network of the catalog the variant that a file holds: instance norms with learned scale and shift,
/// convolutions with a bias where the reference implementation has none or the other way round, instance norms by
/// running statistics. What holds for one layer must hold for all: a single missing tensor is damage, not a variant.
/// </summary>
internal static class NetworkVariant
{
    /// <summary>The variant of a network that has the tensors of a file.</summary>
    public static NetworkGraph Of(NetworkGraph graph, ForeignWeights weights)
    {
        // PyTorch-GAN's ResNet pads with zeros where it enlarges.
        if (
            ReferenceNames.Of(graph) is not null
            && ResNetLayout.Of(graph) == ResNetLayout.Resized
            && weights.Tensors.Keys.Any(name =>
                name.Contains($".{ResNetLayout.PyTorchGan.Block}.", StringComparison.Ordinal)
            )
        )
            graph = ResNetLayout.PyTorchGan.Apply(graph);
        // The logits of PyTorch-GAN's CycleGAN have a bias, those of its pix2pix have none.
        if (graph.Name == "pytorch-gan-patch" && weights["model.12.bias"] is not null)
            graph = With(
                graph,
                layer => layer is KernelLayer { Name: "logits" } logits ? logits with { Bias = true } : layer
            );
        var names = ReferenceNames.Of(graph);
        var norms = graph.Layers.OfType<NormalizationLayer>().ToList();
        bool affine =
            norms.Count > 0 && norms.All(norm => norm.Kind == NormalizationKind.Instance && Has(norm, "weight"));
        var normalized = norms.Select(norm => norm.Inputs[0]).ToHashSet();
        var convolutions = graph.Layers.OfType<KernelLayer>().Where(layer => normalized.Contains(layer.Name)).ToList();
        bool otherBias =
            convolutions.Count > 0
            && convolutions.All(layer => Has(layer, "weight") && Has(layer, "bias") != layer.Bias);
        return affine || otherBias ? With(graph, Change) : graph;

        bool Has(Layer layer, string parameter) =>
            weights[$"{names?.GetValueOrDefault(layer.Name) ?? layer.Name}.{parameter}"] is not null;

        Layer Change(Layer layer) =>
            layer switch
            {
                NormalizationLayer norm when affine => norm with { Affine = true },
                KernelLayer kernel when otherBias && normalized.Contains(kernel.Name) => kernel with
                {
                    Bias = !kernel.Bias,
                },
                _ => layer,
            };
    }

    /// <summary>
    /// The network with all its norms by running statistics. An instance norm that goes by running statistics computes
    /// what a batch norm does, so it becomes one.
    /// </summary>
    /// <exception cref="ArgumentException">The network or the file has none.</exception>
    public static NetworkGraph ByRunningStatistics(NetworkGraph graph, ForeignWeights weights)
    {
        var norms = graph.Layers.OfType<NormalizationLayer>().ToList();
        if (norms.Count == 0)
            throw Impossible("has no norms");
        if (norms.Any(norm => norm.AlwaysBatchStatistics))
            throw Impossible("always normalizes by the statistics of the image");
        if (!weights.Tensors.Keys.Any(name => name.EndsWith(".running_mean", StringComparison.Ordinal)))
            throw Impossible("has norms without running statistics in this file");
        return norms.All(norm => norm.RunningStatistics)
            ? graph
            : With(
                graph,
                layer =>
                    layer is NormalizationLayer norm
                        ? norm with
                        {
                            Kind = NormalizationKind.Batch,
                            RunningStatistics = true,
                        }
                        : layer
            );

        ArgumentException Impossible(string why) =>
            new($"Network '{graph.Name}' cannot use running statistics: it {why}.");
    }

    private static NetworkGraph With(NetworkGraph graph, Func<Layer, Layer> change) =>
        new(graph.Name, graph.Input, [.. graph.Layers.Select(change)]);
}
