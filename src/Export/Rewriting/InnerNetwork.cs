namespace MlNetImageTranslation.Export;

/// <summary>
/// Takes the byte interface off a model that this library exported (<see cref="ByteInterface"/>); what is left is the
/// network, which reads and gives floating-point numbers in -1..1.
/// </summary>
internal sealed class InnerNetwork
{
    private const float HalfRange = 127.5f;

    private readonly ValueUsage _usage;
    private readonly GraphConstants _constants;
    private readonly Dictionary<string, NodeProto> _makers = [];
    private readonly HashSet<NodeProto> _outside = [];

    private InnerNetwork(GraphProto graph)
    {
        _usage = new(graph);
        _constants = new(graph);
        foreach (var node in graph.Node)
        foreach (string output in node.Output)
            _makers[output] = node;
    }

    /// <summary>Removes the interface's nodes.</summary>
    /// <param name="graph">The model's graph, which is changed where it has the interface, and has no input and output
    /// then.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <returns>What the network's tensors mean; null where the model has another interface.</returns>
    public static PixelInterface? TakeOut(GraphProto graph, PixelInterface pixels)
    {
        var inner = new InnerNetwork(graph);
        if (!pixels.IsNative || inner.FindInput(pixels) is not var (input, inputChannels))
            return null;
        if (inner.FindOutput(pixels.Output.Name) is not var (output, outputChannels))
            return null;
        NodeProto[] left = [.. graph.Node.Where(node => !inner._outside.Contains(node))];
        graph.Node.Clear();
        graph.Node.Add(left);
        graph.Input.Clear();
        graph.Output.Clear();
        return pixels with
        {
            Input = new(input, OnnxElementType.Float, default),
            Output = new(output, OnnxElementType.Float, default),
            InputShape = Planes(pixels.InputShape, inputChannels),
            OutputShape = Planes(pixels.OutputShape, outputChannels),
            InputScale = [.. Enumerable.Repeat(1 / HalfRange, inputChannels)],
            InputOffset = [.. Enumerable.Repeat(-1f, inputChannels)],
            OutputScale = HalfRange,
            OutputOffset = HalfRange,
        };
    }

    private static ImageShape Planes(ImageShape shape, int channels) =>
        new(PixelLayout.Nchw, [shape.Batch, channels, shape.Height, shape.Width], []);

    // Transpose, Cast, for gray Mul, ReduceSum, Add, Div, Floor, then Div and Sub.
    private (string Name, int Channels)? FindInput(PixelInterface pixels)
    {
        string? value = After(After(pixels.Input.Name, "Transpose"), "Cast");
        int channels = pixels.InputChannels;
        if (value is not null && _usage.OnlyReader(value)?.OpType == "Mul")
        {
            foreach (string type in (string[])["Mul", "ReduceSum", "Add", "Div", "Floor"])
                value = After(value, type);
            channels = 1;
        }
        value = After(After(value, "Div", HalfRange), "Sub", 1);
        return value is null ? null : (value, channels);
    }

    // The other way round: Transpose, for gray Concat, then Cast, Round, Clip, Mul and Add.
    private (string Name, int Channels)? FindOutput(string name)
    {
        string? value = Before(name, "Transpose");
        int channels = 3;
        if (value is not null && _makers.GetValueOrDefault(value)?.OpType == "Concat")
        {
            value = Before(value, "Concat");
            channels = 1;
        }
        foreach (string type in (string[])["Cast", "Round", "Clip"])
            value = Before(value, type);
        value = Before(Before(value, "Mul", HalfRange), "Add", 1);
        return value is null ? null : (value, channels);
    }

    private string? After(string? value, string type, float? constant = null)
    {
        if (value is null || _usage.OnlyReader(value) is not { Output.Count: 1 } node || node.Input[0] != value)
            return null;
        return Take(node, type, constant) ? node.Output[0] : null;
    }

    private string? Before(string? value, string type, float? constant = null)
    {
        if (value is null || _makers.GetValueOrDefault(value) is not { Input.Count: > 0, Output.Count: 1 } node)
            return null;
        return Take(node, type, constant) ? node.Input[0] : null;
    }

    private bool Take(NodeProto node, string type, float? constant)
    {
        if (!node.Is(type))
            return false;
        bool fits = constant is null || (_constants.Floats(node.Input[^1]) is [var found] && found == constant);
        if (!fits)
            return false;
        _outside.Add(node);
        return true;
    }
}
