namespace MlNetImageTranslation.Export;

/// <summary>One call of a local function: writes the function's nodes for it.</summary>
/// <param name="call">The node that calls.</param>
/// <param name="function">The function.</param>
/// <param name="prefix">Begins the new names of the function's values and nodes; no other name begins so.</param>
internal sealed class FunctionCall(NodeProto call, FunctionProto function, string prefix)
{
    private readonly Dictionary<string, string> _names = new() { [""] = "" };

    /// <summary>The nodes, in the order in which they run.</summary>
    public List<NodeProto> Write()
    {
        for (int i = 0; i < function.Input.Count; i++)
            _names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
        var copies = new List<NodeProto>();
        for (int i = 0; i < Math.Min(function.Output.Count, call.Output.Count); i++)
        {
            if (call.Output[i].Length == 0)
                continue;
            // An output that is an input, or another output, has a name already.
            if (!_names.TryAdd(function.Output[i], call.Output[i]))
                copies.Add(OnnxNode.Of("Identity", [_names[function.Output[i]]], call.Output[i]));
        }
        return [.. function.Node.Select(Copy), .. copies];
    }

    private NodeProto Copy(NodeProto node)
    {
        var copy = node.Clone();
        Rename(copy);
        return copy;
    }

    private void Rename(NodeProto node)
    {
        Rename(node.Input);
        Rename(node.Output);
        if (node.Name.Length > 0)
            node.Name = prefix + node.Name;
        AttributeProto[] attributes = [.. node.Attribute];
        node.Attribute.Clear();
        foreach (var attribute in attributes)
        {
            if (attribute.RefAttrName.Length > 0)
            {
                // What the caller gives speaks of the caller's values, which keep their names.
                if (Given(attribute.RefAttrName) is not { } given)
                    continue;
                var own = given.Clone();
                own.Name = attribute.Name;
                node.Attribute.Add(own);
                continue;
            }
            foreach (var graph in attribute.Subgraphs())
                Rename(graph);
            node.Attribute.Add(attribute);
        }
    }

    private AttributeProto? Given(string name) =>
        call.Find(name) ?? function.AttributeProto.LastOrDefault(attribute => attribute.Name == name);

    private void Rename(GraphProto graph)
    {
        foreach (var value in graph.Input.Concat(graph.Output))
            value.Name = NameOf(value.Name);
        foreach (var tensor in graph.Initializer.Concat(graph.SparseInitializer.Select(sparse => sparse.Values)))
            tensor.Name = NameOf(tensor.Name);
        graph.ValueInfo.Clear();
        foreach (var node in graph.Node)
            Rename(node);
    }

    private void Rename(IList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
            names[i] = NameOf(names[i]);
    }

    private string NameOf(string name) => _names.TryGetValue(name, out var known) ? known : prefix + name;
}
