namespace MlNetImageTranslation.Export;

/// <summary>
/// Writes the nodes of a model's local functions in the place of the nodes that call them. A function that is written
/// in other versions of operators than the model stays one.
/// </summary>
internal sealed class FunctionInliner
{
    private const int MaximumDepth = 64;

    private readonly ModelProto _model;
    private readonly int _maximumOperators;
    private readonly Dictionary<string, FunctionProto> _functions = [];
    private readonly List<string> _open = [];
    private readonly string _prefix;
    private int _calls;
    private int _operators;

    /// <param name="model">The model, which is changed.</param>
    /// <param name="maximumOperators">The most operators that it may come to have.</param>
    public FunctionInliner(ModelProto model, int maximumOperators)
    {
        _model = model;
        _maximumOperators = maximumOperators;
        foreach (var function in model.Functions)
            _functions[KeyOf(function.Domain, function.Name, function.Overload)] = function;
        // Functions that stay have names of their own.
        _prefix = OnnxNames.FreePrefix(model.Graph, "imt/f");
    }

    /// <summary>Changes the model.</summary>
    /// <exception cref="FormatException">A function calls itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There would be too many operators.</exception>
    public void Inline()
    {
        Inline(_model.Graph);
        RemoveUncalled();
    }

    private void Inline(GraphProto graph)
    {
        NodeProto[] nodes = [.. graph.Node];
        graph.Node.Clear();
        foreach (var node in nodes)
            Append(node, graph.Node);
    }

    private void Append(NodeProto node, IList<NodeProto> into)
    {
        if (Find(node) is { } function && HasSameOperators(function))
        {
            AppendBody(node, function, into);
            return;
        }
        if (++_operators > _maximumOperators)
            throw new ArgumentOutOfRangeException(
                "maximumOperators",
                _maximumOperators,
                "With its functions written out, the model has more operators."
            );
        foreach (var graph in node.Subgraphs())
            Inline(graph);
        into.Add(node);
    }

    private void AppendBody(NodeProto call, FunctionProto function, IList<NodeProto> into)
    {
        string key = KeyOf(function.Domain, function.Name, function.Overload);
        if (_open.Contains(key))
            throw new FormatException($"Its function '{function.Name}' calls itself.");
        if (_open.Count == MaximumDepth)
            throw new FormatException($"Its functions call each other more than {MaximumDepth} deep.");
        // Functions without a node cost time too.
        if (++_calls > _maximumOperators)
            throw new ArgumentOutOfRangeException(
                "maximumOperators",
                _maximumOperators,
                "The model calls its functions more often."
            );
        _open.Add(key);
        foreach (var node in new FunctionCall(call, function, $"{_prefix}{_calls}/").Write())
            Append(node, into);
        _open.RemoveAt(_open.Count - 1);
        ImportOperatorsOf(function);
    }

    private FunctionProto? Find(NodeProto node) =>
        _functions.GetValueOrDefault(KeyOf(node.Domain, node.OpType, node.Overload));

    // An operator may mean something else in another version. A set that the model does not import can be added.
    private bool HasSameOperators(FunctionProto function) =>
        function.OpsetImport.All(import => VersionOf(import.Domain) is not { } version || version == import.Version);

    private long? VersionOf(string domain) =>
        _model.OpsetImport.LastOrDefault(import => Canonical(import.Domain) == Canonical(domain))?.Version;

    private void ImportOperatorsOf(FunctionProto function)
    {
        foreach (var import in function.OpsetImport)
            if (VersionOf(import.Domain) is null)
                _model.OpsetImport.Add(import.Clone());
    }

    // What is called from a function that stays one stays as well.
    private void RemoveUncalled()
    {
        var called = new HashSet<FunctionProto>(ReferenceEqualityComparer.Instance);
        var unread = new Queue<NodeProto>(_model.Graph.AllNodes());
        while (unread.TryDequeue(out var node))
        {
            if (Find(node) is not { } function || !called.Add(function))
                continue;
            foreach (var inner in OnnxGraphs.AllNodes(function.Node))
                unread.Enqueue(inner);
        }
        string[] domains = [.. _model.Functions.Select(function => Canonical(function.Domain)).Distinct()];
        FunctionProto[] kept = [.. _model.Functions.Where(called.Contains)];
        _model.Functions.Clear();
        _model.Functions.Add(kept);
        // Nobody but the functions knew their domains.
        var used = _model.AllNodes().Select(node => Canonical(node.Domain)).Append("").ToHashSet();
        OperatorSetIdProto[] imports =
        [
            .. _model.OpsetImport.Where(import =>
                used.Contains(Canonical(import.Domain)) || !domains.Contains(Canonical(import.Domain))
            ),
        ];
        _model.OpsetImport.Clear();
        _model.OpsetImport.Add(imports);
    }

    private static string KeyOf(string domain, string name, string overload) =>
        $"{Canonical(domain)}\n{name}\n{overload}";

    private static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;
}
