namespace MlNetImageTranslation.Export;

/// <summary>
/// The names in a graph and its subgraphs: whatever a rewriter adds must have others, as a model may call its values
/// anything.
/// </summary>
internal static class OnnxNames
{
    /// <summary>All names of values and nodes.</summary>
    public static HashSet<string> Of(GraphProto graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(graph, names);
        return names;
    }

    /// <summary>The start, or the start with underscores, such that no name of the graph begins with it.</summary>
    public static string FreePrefix(GraphProto graph, string start) => FreePrefix(Of(graph), start);

    /// <summary>The start, or the start with underscores, such that none of the names begins with it.</summary>
    public static string FreePrefix(IReadOnlyCollection<string> names, string start)
    {
        string prefix = start;
        while (names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            prefix += "_";
        return prefix;
    }

    /// <summary>Calls values otherwise, wherever they are given, made or read.</summary>
    public static void Rename(GraphProto graph, IReadOnlyDictionary<string, string> names)
    {
        foreach (var value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
            value.Name = names.GetValueOrDefault(value.Name, value.Name);
        foreach (var tensor in Constants(graph))
            tensor.Name = names.GetValueOrDefault(tensor.Name, tensor.Name);
        foreach (var node in graph.Node)
        {
            Rename(node.Input, names);
            Rename(node.Output, names);
            foreach (var inner in node.Subgraphs())
                Rename(inner, names);
        }
    }

    private static void Rename(IList<string> values, IReadOnlyDictionary<string, string> names)
    {
        for (int i = 0; i < values.Count; i++)
            if (names.TryGetValue(values[i], out string? name))
                values[i] = name;
    }

    private static void Collect(GraphProto graph, HashSet<string> names)
    {
        names.UnionWith(graph.Input.Concat(graph.Output).Select(value => value.Name));
        names.UnionWith(Constants(graph).Select(tensor => tensor.Name));
        foreach (var node in graph.Node)
        {
            names.UnionWith(node.Input);
            names.UnionWith(node.Output);
            names.Add(node.Name);
            foreach (var inner in node.Subgraphs())
                Collect(inner, names);
        }
    }

    private static IEnumerable<TensorProto> Constants(GraphProto graph) =>
        graph.Initializer.Concat(graph.SparseInitializer.Select(sparse => sparse.Values).OfType<TensorProto>());
}
