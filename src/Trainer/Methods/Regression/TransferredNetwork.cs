namespace MlNetImageTranslation.Trainer;

/// <summary>A network whose frozen encoder comes from a file, and whose top blocks may be unfrozen.</summary>
internal static class TransferredNetwork
{
    /// <summary>The network before the first step.</summary>
    /// <exception cref="FormatException">The file lacks some of the encoder's tensors; the message names
    /// them.</exception>
    public static TorchNetwork Create(NetworkGraph graph, PairedOptions options, Device device)
    {
        if (
            options.InitialGenerator is not null
            || options.VggWeights is null
            || !graph.Layers.Any(layer => layer.Frozen)
        )
            return InitialNetwork.Create(graph, options, RandomStream.Generator, options.InitialGenerator, device);
        var weights = WeightInitializer.Create(
            graph,
            options.Initialization,
            options.InitializationGain,
            options.SeedOrZero,
            RandomStream.Generator
        );
        var encoder = VggEncoder.Graph(graph.Layers.Last(layer => layer.Frozen).Name);
        var pretrained = VggEncoder.Load(options.VggWeights, encoder);
        foreach (string name in pretrained.Names)
            weights[name] = pretrained[name];
        return new(graph, weights, device, options.Precision);
    }

    /// <summary>Marks the weights of the top blocks of the frozen encoder as trained and returns them.</summary>
    public static IReadOnlyList<NetworkWeight> Unfreeze(TorchNetwork network, int blocks)
    {
        var groups = new List<List<string>> { new() };
        foreach (var layer in network.Graph.Layers)
            if (layer is PoolingLayer)
                groups.Add([]);
            else if (layer.Frozen)
                groups[^1].Add(layer.Name);
        var names = groups.Where(group => group.Count > 0).TakeLast(blocks).SelectMany(group => group).ToHashSet();
        var weights = network
            .Weights.Where(weight =>
                !weight.Spec.IsStatistic && names.Contains(weight.Spec.Name[..weight.Spec.Name.LastIndexOf('.')])
            )
            .ToArray();
        foreach (var weight in weights)
            weight.IsTrained = true;
        return weights;
    }
}
