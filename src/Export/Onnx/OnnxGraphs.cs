namespace MlNetImageTranslation.Export;

/// <summary>Walks through the graphs of a model, those inside of nodes and functions included.</summary>
internal static class OnnxGraphs
{
    /// <summary>All nodes: of the graph, of its subgraphs, and of functions.</summary>
    public static IEnumerable<NodeProto> AllNodes(this ModelProto model) =>
        model.Graph.AllNodes().Concat(model.Functions.SelectMany(function => AllNodes(function.Node)));

    /// <summary>The nodes of a graph and of its subgraphs.</summary>
    public static IEnumerable<NodeProto> AllNodes(this GraphProto graph) => AllNodes(graph.Node);

    /// <summary>The nodes of a list and of their subgraphs.</summary>
    public static IEnumerable<NodeProto> AllNodes(IEnumerable<NodeProto> nodes) =>
        nodes.SelectMany(node => node.Subgraphs().SelectMany(AllNodes).Prepend(node));

    /// <summary>The graphs in a node's settings, without those inside of them.</summary>
    public static IEnumerable<GraphProto> Subgraphs(this NodeProto node) => node.Attribute.SelectMany(Subgraphs);

    /// <summary>The graphs in a setting.</summary>
    public static IEnumerable<GraphProto> Subgraphs(this AttributeProto attribute) =>
        attribute.G is { } one ? attribute.Graphs.Prepend(one) : attribute.Graphs;

    /// <summary>All constants: initializers and those in settings, with the parts of sparse ones.</summary>
    public static IEnumerable<TensorProto> AllTensors(this ModelProto model)
    {
        var nodes = model.AllNodes().ToList();
        var attributes = nodes
            .SelectMany(node => node.Attribute)
            .Concat(model.Functions.SelectMany(function => function.AttributeProto));
        var graphs = nodes.SelectMany(Subgraphs).Prepend(model.Graph);
        return graphs.SelectMany(Tensors).Concat(attributes.SelectMany(Tensors));
    }

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) =>
        graph.Initializer.Concat(graph.SparseInitializer.SelectMany(Tensors));

    private static IEnumerable<TensorProto> Tensors(AttributeProto attribute)
    {
        var sparse = attribute.SparseTensors.AsEnumerable();
        if (attribute.SparseTensor is { } one)
            sparse = sparse.Prepend(one);
        var dense = attribute.Tensors.AsEnumerable();
        if (attribute.T is { } tensor)
            dense = dense.Prepend(tensor);
        return dense.Concat(sparse.SelectMany(Tensors));
    }

    private static IEnumerable<TensorProto> Tensors(SparseTensorProto sparse)
    {
        if (sparse.Values is { } values)
            yield return values;
        if (sparse.Indices is { } indices)
            yield return indices;
    }
}
