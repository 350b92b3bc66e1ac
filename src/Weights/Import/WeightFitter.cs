using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>Gives somebody else's tensors the names of a network's parameters.</summary>
internal static class WeightFitter
{
    private const int MaximumListed = 24;

    /// <summary>
    /// How many parameters of the network the file has not, under our names or the reference's, whichever is nearer.
    /// </summary>
    public static int Missing(ForeignWeights weights, NetworkGraph graph) =>
        Missing(weights, graph, NamesFor(weights, graph));

    /// <exception cref="FormatException">Weights are missing, unknown or of another shape; the message lists
    /// them.</exception>
    public static ImportedNetwork Fit(
        ForeignWeights weights,
        NetworkGraph graph,
        IReadOnlyDictionary<string, string> metadata
    )
    {
        var names = NamesFor(weights, graph);
        var state = new StateDict();
        var used = new HashSet<string>();
        var problems = new List<string>();
        foreach (var parameter in graph.Parameters)
        {
            var name = names(parameter.Name);
            used.Add(name);
            if (weights[name] is not { } tensor)
                problems.Add($"{name}: expected [{string.Join(", ", parameter.Shape)}], found nothing");
            else if (!tensor.Shape.SequenceEqual(parameter.Shape))
                problems.Add($"{name}: expected [{string.Join(", ", parameter.Shape)}], found {tensor.ShapeText}");
            else if (problems.Count == 0)
                state[parameter.Name] = new(parameter.Shape, tensor.Load());
        }
        var rest = weights.Tensors.Keys.Where(name => !used.Contains(name)).ToLookup(name => IsIgnorable(name, graph));
        problems.AddRange(rest[false].Select(name => $"{name}: expected nothing, found {weights[name]!.ShapeText}"));
        if (problems.Count > 0)
            throw new FormatException(
                $"Its weights{(weights.Path.Length == 0 ? "" : $" at '{weights.Path}'")} do not fit network "
                    + $"'{graph.Name}' ({graph.Input} -> {graph.Output}):\n  "
                    + string.Join("\n  ", problems.Take(MaximumListed))
                    + (problems.Count > MaximumListed ? $"\n  and {problems.Count - MaximumListed} more" : "")
            );
        var card = metadata.TryGetValue(ModelCard.MetadataKey, out var json) ? ModelCard.FromJson(json) : null;
        return new(graph, state, card, weights.Path, [.. rest[true]]);
    }

    private static Func<string, string> NamesFor(ForeignWeights weights, NetworkGraph graph)
    {
        static string Own(string name) => name;
        if (ReferenceNames.Of(graph) is not { } reference)
            return Own;
        string Theirs(string name)
        {
            int dot = name.LastIndexOf('.');
            return reference[name[..dot]] + name[dot..];
        }
        return Missing(weights, graph, Own) < Missing(weights, graph, Theirs) ? Own : Theirs;
    }

    private static int Missing(ForeignWeights weights, NetworkGraph graph, Func<string, string> names) =>
        graph.Parameters.Count(parameter => weights[names(parameter.Name)] is null);

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
