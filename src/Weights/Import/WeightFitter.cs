using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>Gives somebody else's tensors the names of a network's parameters.</summary>
internal sealed class WeightFitter
{
    private const int MaximumListed = 24;

    private readonly NetworkGraph _graph;
    private readonly IReadOnlyList<ParameterSpec> _parameters;

    // What the parameters may be called in a file: by this library, and by the network's reference implementation.
    private readonly IReadOnlyList<IReadOnlyList<string>> _namings;

    private readonly HashSet<string> _transposed;

    public WeightFitter(NetworkGraph graph)
    {
        _transposed =
        [
            .. graph.Layers.Where(layer => layer is TransposedConvolutionLayer).Select(layer => layer.Name + ".weight"),
        ];
        _graph = graph;
        _parameters = [.. graph.Parameters];
        List<string> own = [.. _parameters.Select(parameter => parameter.Name)];
        _namings = ReferenceNames.Of(graph) is { } reference
            ?
            [
                [.. own.Select(name => Renamed(name, reference))],
                own,
            ]
            : [own];
    }

    /// <summary>
    /// How many parameters of the network the file has not, under our names or the reference's, whichever is nearer.
    /// </summary>
    public int Missing(ForeignWeights weights) => _namings.Min(names => Missing(weights, names));

    /// <summary>The network with a file's weights.</summary>
    /// <exception cref="FormatException">Weights are missing, unknown or of another shape; the message lists
    /// them.</exception>
    public NetworkFile Fit(ForeignWeights weights, ForeignFile file)
    {
        var graph = _graph;
        var names = _namings.MinBy(names => Missing(weights, names))!;
        var state = new StateDict();
        var problems = new List<string>();
        foreach (var (parameter, name) in _parameters.Zip(names))
        {
            var expected = $"expected [{string.Join(", ", parameter.Shape)}]";
            if (weights[name] is not { } tensor)
                problems.Add($"{name}: {expected}, found {Unread(file, weights, name)}");
            else if (!tensor.Shape.SequenceEqual(parameter.Shape))
                problems.Add($"{name}: {expected}, found {tensor.ShapeText}");
            else if (problems.Count == 0)
                state[parameter.Name] = new(parameter.Shape, tensor.Load(_transposed.Contains(parameter.Name)));
        }
        var used = names.ToHashSet();
        var rest = weights
            .Tensors.Keys.Where(name => !used.Contains(name))
            .ToLookup(name =>
                IsIgnorable(name, graph)
                || weights[name]!.Shape.Contains(0)
                || graph.Layers.Any(layer => layer is BlurLayer) && BlurFilters.IsOne(name, weights[name]!)
            );
        problems.AddRange(rest[false].Select(name => $"{name}: expected nothing, found {weights[name]!.ShapeText}"));
        if (problems.Count > 0)
            throw new FormatException(
                $"Its weights{(weights.Path.Length == 0 ? "" : $" at '{weights.Path}'")} do not fit network "
                    + $"'{graph.Name}' ({graph.Input} -> {graph.Output}):\n  "
                    + string.Join("\n  ", problems.Take(MaximumListed))
                    + (problems.Count > MaximumListed ? $"\n  and {problems.Count - MaximumListed} more" : "")
            );
        var card = file.Metadata.TryGetValue(ModelCard.MetadataKey, out var json) ? ModelCard.FromJson(json) : null;
        return new(graph, state, card, weights.Path, [.. rest[true]]);
    }

    private static int Missing(ForeignWeights weights, IReadOnlyList<string> names) =>
        names.Count(name => weights[name] is null);

    private static string Renamed(string name, IReadOnlyDictionary<string, string> layers)
    {
        int dot = name.LastIndexOf('.');
        return layers.TryGetValue(name[..dot], out var layer) ? layer + name[dot..] : name;
    }

    private static string Unread(ForeignFile file, ForeignWeights weights, string name)
    {
        string path = weights.Path.Length == 0 ? name : $"{weights.Path}.{name}";
        return file.Unread.FirstOrDefault(unread => unread.Path == path) is { } unread
            ? $"an object of class {unread.Type}, which is not read"
            : "nothing";
    }

    // Instance norms of PyTorch 0.3 kept running statistics that were never used; a VGG16 file has a classifier behind
    // the features; an average over a whole state dict makes fractions of batch counts.
    private static bool IsIgnorable(string name, NetworkGraph graph) =>
        graph.Name == "vgg16"
            ? name.StartsWith("classifier.", StringComparison.Ordinal)
            : name.EndsWith(".num_batches_tracked", StringComparison.Ordinal)
                || (
                    name.EndsWith(".running_mean", StringComparison.Ordinal)
                    || name.EndsWith(".running_var", StringComparison.Ordinal)
                ) && !graph.Parameters.Any(parameter => parameter.IsStatistic);
}
