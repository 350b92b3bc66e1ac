namespace MlNetImageTranslation.Export;

/// <summary>
/// Goes through a graph in the order of computation, as a run would, and adds up what lives at a time. Values that do
/// not depend on the input are kept to the end: runtimes compute them once, at loading.
/// </summary>
internal sealed class GraphWalk
{
    // A loop whose values grow is followed so far, all loops together.
    private const int MostNodes = 1 << 18;

    private int _nodes;
    private double _live;

    /// <summary>The most bytes at a time.</summary>
    public double Peak { get; private set; }

    /// <summary>The name of the largest value.</summary>
    public string Largest { get; private set; } = "";

    /// <summary>The bytes of the largest value.</summary>
    public double LargestBytes { get; private set; }

    /// <summary>Whether the size of every value is known.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Goes through a graph and returns its outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="given">The values of its inputs.</param>
    /// <param name="outer">Finds values of the graphs around it.</param>
    public List<ValueEstimate> Run(
        GraphOutline graph,
        Dictionary<string, ValueEstimate> given,
        Func<string, ValueEstimate?>? outer
    )
    {
        var values = new Dictionary<string, ValueEstimate>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
            values[name] = value;
        var last = LastUses(graph);
        var owned = new Dictionary<string, double>(StringComparer.Ordinal);
        double before = _live;
        _live += graph.DenseBytes;
        Peak = Math.Max(Peak, _live);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            if (++_nodes > MostNodes)
            {
                IsComplete = false;
                break;
            }
            var node = graph.Nodes[i];
            if (node.Is("Constant") && node.Output.Count == 1 && graph.Constants.ContainsKey(node.Output[0]))
                continue;
            List<ValueEstimate> inputs =
            [
                .. node.Input.Select(name =>
                    name.Length == 0 ? ValueEstimate.Missing : Find(name) ?? ValueEstimate.Unknown
                ),
            ];
            var outputs = OutputsOf(graph, node, inputs, Find);
            bool isConstant =
                inputs.All(input => input.IsMissing || input.IsConstant)
                && !node.OpType.StartsWith("Random", StringComparison.Ordinal)
                && given.Count > 0
                && outer is null;
            for (int k = 0; k < node.Output.Count; k++)
            {
                if (node.Output[k].Length == 0)
                    continue;
                var value = k < outputs.Count ? outputs[k] : ValueEstimate.Unknown;
                IsComplete &= value.Count is not null;
                value = value with { IsConstant = isConstant };
                values[node.Output[k]] = value;
                double bytes = value.Bytes;
                if (k == 0 && !isConstant && IsInPlace(node, inputs, bytes, i))
                    owned.Remove(node.Input[0], out _);
                else
                    _live += bytes;
                if (!isConstant)
                    owned[node.Output[k]] = bytes;
                Note(node.Output[k], bytes);
            }
            Peak = Math.Max(Peak, _live);
            foreach (string name in node.Input.Concat(node.Output).Concat(Inner(graph, node)))
                if (last.GetValueOrDefault(name, i) <= i && owned.Remove(name, out double bytes))
                    _live -= bytes;
        }
        // What a body of a loop keeps is freed with it; its outputs are counted by whoever gets them.
        _live = outer is null ? _live : before;
        return [.. graph.Outputs.Select(name => Find(name) ?? ValueEstimate.Unknown)];

        ValueEstimate? Find(string name) =>
            values.TryGetValue(name, out var value) || graph.Constants.TryGetValue(name, out value)
                ? value
                : outer?.Invoke(name);

        bool IsInPlace(NodeProto node, List<ValueEstimate> inputs, double bytes, int at) =>
            inputs.Count > 0
            && ElementwiseOperators.MayBeInPlace(node.OpType)
            && inputs[0].Bytes == bytes
            && last.GetValueOrDefault(node.Input[0], at) <= at
            && owned.ContainsKey(node.Input[0]);
    }

    private void Note(string name, double bytes)
    {
        if (bytes <= LargestBytes)
            return;
        Largest = name;
        LargestBytes = bytes;
    }

    private List<ValueEstimate> OutputsOf(
        GraphOutline graph,
        NodeProto node,
        List<ValueEstimate> inputs,
        Func<string, ValueEstimate?> find
    )
    {
        GraphOutline? Body(string name) => graph.Bodies.GetValueOrDefault(GraphOutline.KeyOf(node, name));
        if (node.Is("If") && Body("then_branch") is { } yes && Body("else_branch") is { } no)
            return Larger(Run(yes, [], find), Run(no, [], find));
        if (node.Is("Loop") && Body("body") is { } body)
            return Loop(body, inputs, find);
        if (node.Is("Scan") && Body("body") is { } step)
            return Scan(node, step, inputs, find);
        try
        {
            return Computed(graph, node, inputs);
        }
        catch (Exception exception)
            when (exception
                    is IndexOutOfRangeException
                        or ArgumentException
                        or OverflowException
                        or InvalidOperationException
            )
        {
            // A node that fits no rule; the runtime refuses it.
            return [];
        }
    }

    private static List<ValueEstimate> Computed(GraphOutline graph, NodeProto node, List<ValueEstimate> inputs)
    {
        var outputs = ShapeRules.Of(
            node,
            inputs,
            name => graph.Constants.GetValueOrDefault(GraphOutline.KeyOf(node, name))
        );
        if (outputs is null)
            return [];
        if (outputs.Length == 1 && node.Output.Count == 1 && outputs[0].Numbers is null)
            outputs[0] = outputs[0] with { Numbers = NumberRules.Of(node, Described(graph, node, inputs), outputs[0]) };
        return [.. outputs];
    }

    // ConstantOfShape has the number that it fills with among its settings.
    private static List<ValueEstimate> Described(GraphOutline graph, NodeProto node, List<ValueEstimate> inputs) =>
        node.OpType != "ConstantOfShape" ? inputs
        : graph.Constants.TryGetValue(GraphOutline.KeyOf(node, "value"), out var value) ? [inputs[0], value]
        : [inputs[0], ValueEstimate.Of(OnnxElementType.Float, [0], true)];

    // Values that a loop carries may grow with every turn, so it is followed until they stay as they are.
    private List<ValueEstimate> Loop(GraphOutline body, List<ValueEstimate> inputs, Func<string, ValueEstimate?> find)
    {
        double turns =
            inputs.Count > 0 && inputs[0].Numbers is [var most] ? Math.Max(0, most) : double.PositiveInfinity;
        int carried = Math.Max(0, inputs.Count - 2);
        List<ValueEstimate> state = [.. inputs.Skip(2).Select(ShapeRules.Plain)],
            results = [];
        var collected = new List<double>();
        for (double turn = 0; turn < Math.Max(1, turns); turn++)
        {
            var given = Given(
                body,
                [ShapeRules.Plain(Scalar(OnnxElementType.Int64)), Scalar(OnnxElementType.Bool), .. state]
            );
            results = Run(body, given, find);
            List<ValueEstimate> next = [.. results.Skip(1).Take(carried).Select(ShapeRules.Plain)];
            for (int k = carried + 1; k < results.Count; k++)
            {
                if (collected.Count < k - carried)
                    collected.Add(0);
                collected[k - carried - 1] += results[k].Bytes;
            }
            bool stays = next.Count == state.Count && next.Zip(state).All(pair => IsLike(pair.First, pair.Second));
            state = next;
            if (stays || _nodes > MostNodes)
            {
                // The other turns collect as much as this one.
                double rest = turns - turn - 1;
                if (collected.Count > 0 && double.IsInfinity(rest))
                    IsComplete = false;
                else
                    for (int k = 0; k < collected.Count; k++)
                        collected[k] += rest * results[carried + 1 + k].Bytes;
                break;
            }
        }
        if (_nodes > MostNodes)
            IsComplete = false;
        return [.. state, .. collected.Select(bytes => ValueEstimate.OfCount(OnnxElementType.UInt8, bytes))];
    }

    private List<ValueEstimate> Scan(
        NodeProto node,
        GraphOutline body,
        List<ValueEstimate> inputs,
        Func<string, ValueEstimate?> find
    )
    {
        int scanned = (int)Math.Clamp(node.Integer("num_scan_inputs", 1), 0, inputs.Count),
            carried = inputs.Count - scanned;
        var first = inputs.Skip(carried).FirstOrDefault();
        double turns = first?.Shape is { Length: > 0 } shape ? shape[0] : first?.Count ?? double.NaN;
        if (node.Find("scan_input_axes") is not null || double.IsNaN(turns))
        {
            IsComplete = false;
            turns = first?.Shape?.DefaultIfEmpty(1).Max() ?? 1;
        }
        var given = Given(
            body,
            [
                .. inputs.Take(carried).Select(ShapeRules.Plain),
                .. inputs
                    .Skip(carried)
                    .Select(input =>
                        input.Shape is { Length: > 0 } sides
                            ? ValueEstimate.Of(input.Type, sides[1..])
                            : ValueEstimate.OfCount(input.Type, input.Count)
                    ),
            ]
        );
        var results = Run(body, given, find);
        return
        [
            .. results.Take(carried),
            .. results
                .Skip(carried)
                .Select(result =>
                    result.Shape is { } sides
                        ? ValueEstimate.Of(result.Type, [turns, .. sides])
                        : ValueEstimate.OfCount(result.Type, result.Count * turns)
                ),
        ];
    }

    private static ValueEstimate Scalar(OnnxElementType type) => ValueEstimate.Of(type, []);

    private static Dictionary<string, ValueEstimate> Given(GraphOutline body, List<ValueEstimate> values)
    {
        var given = new Dictionary<string, ValueEstimate>(StringComparer.Ordinal);
        for (int i = 0; i < Math.Min(values.Count, body.Inputs.Count); i++)
            given[body.Inputs[i]] = values[i];
        return given;
    }

    private static bool IsLike(ValueEstimate a, ValueEstimate b) =>
        a.Count == b.Count && (a.Shape ?? []).SequenceEqual(b.Shape ?? []);

    private static List<ValueEstimate> Larger(List<ValueEstimate> a, List<ValueEstimate> b) =>
        [
            .. a.Zip(b)
                .Select(pair =>
                    pair.First.Count is null || pair.Second.Count is null ? ValueEstimate.Unknown
                    : pair.First.Count >= pair.Second.Count ? ShapeRules.Plain(pair.First)
                    : ShapeRules.Plain(pair.Second)
                ),
        ];

    private static Dictionary<string, int> LastUses(GraphOutline graph)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < graph.Nodes.Count; i++)
            foreach (string name in graph.Nodes[i].Input.Concat(Inner(graph, graph.Nodes[i])))
                last[name] = i;
        foreach (string name in graph.Outputs)
            last[name] = int.MaxValue;
        return last;
    }

    // What the graphs inside of a node read.
    private static IEnumerable<string> Inner(GraphOutline graph, NodeProto node) =>
        graph.Bodies.Count == 0
            ? []
            : new[] { "then_branch", "else_branch", "body" }
                .Select(name => graph.Bodies.GetValueOrDefault(GraphOutline.KeyOf(node, name)))
                .OfType<GraphOutline>()
                .SelectMany(body =>
                    body.Nodes.SelectMany(inner => inner.Input.Concat(Inner(body, inner))).Concat(body.Outputs)
                );
}
