namespace MlNetImageTranslation.Export;

/// <summary>Which nodes of a graph read which values, those inside of its subgraphs included.</summary>
internal sealed class ValueUsage
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, NodeProto> _readers = [];
    private readonly Dictionary<string, NodeProto> _makers = [];

    public ValueUsage(GraphProto graph)
    {
        Add(graph);
        foreach (var node in graph.Node)
        {
            foreach (string input in node.Input)
                _readers[input] = node;
            foreach (string output in node.Output)
                _makers[output] = node;
        }
    }

    /// <summary>
    /// The node of the graph itself that is the only one to read a value, or null where there are several or none.
    /// </summary>
    public NodeProto? OnlyReader(string value) =>
        _counts.GetValueOrDefault(value) == 1 ? _readers.GetValueOrDefault(value) : null;

    /// <summary>The node of the graph itself that gives a value, or null where there is none.</summary>
    public NodeProto? MakerOf(string value) => _makers.GetValueOrDefault(value);

    /// <summary>Removes constants that nobody reads.</summary>
    public void RemoveUnused(IList<TensorProto> constants)
    {
        for (int i = constants.Count - 1; i >= 0; i--)
            if (!_counts.ContainsKey(constants[i].Name))
                constants.RemoveAt(i);
    }

    private void Add(GraphProto graph)
    {
        foreach (var output in graph.Output)
            Count(output.Name);
        foreach (var node in graph.Node)
        {
            foreach (var input in node.Input)
                Count(input);
            foreach (var attribute in node.Attribute)
            {
                if (attribute.G is { } one)
                    Add(one);
                foreach (var several in attribute.Graphs)
                    Add(several);
            }
        }
    }

    private void Count(string value) => _counts[value] = _counts.GetValueOrDefault(value) + 1;
}
