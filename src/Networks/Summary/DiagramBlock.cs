namespace MlNetImageTranslation.Networks;

/// <summary>
/// Layers that a diagram draws as one box: a convolution (or several of one name) with what belongs to it.
/// </summary>
internal sealed class DiagramBlock
{
    /// <summary>The layers, in order; none for the network's input.</summary>
    public List<Layer> Layers { get; } = [];

    /// <summary>Blocks whose outputs come in beside that of the block before.</summary>
    public List<DiagramBlock> Skips { get; } = [];

    /// <summary>The shape of the last layer's output.</summary>
    public TensorShape Output { get; private set; }

    /// <summary>The layer that gives the block its name and colour; null for the input.</summary>
    public Layer? Main =>
        Layers.FirstOrDefault(layer => layer is KernelLayer or DenseLayer) ?? Layers.FirstOrDefault(BeginsBlock);

    /// <summary>Whether this is the place where a skip is put beside the upsampled features.</summary>
    public bool IsConcatenation => Main is ConcatenationLayer;

    /// <summary>The name that the layers share.</summary>
    public string Name => Main is { } main ? Group(main) : NetworkGraph.InputName;

    /// <summary>Splits a network; the first block is its input.</summary>
    public static IReadOnlyList<DiagramBlock> Split(NetworkGraph graph)
    {
        var shapes = graph.Shapes(graph.Input);
        var blocks = new List<DiagramBlock> { new() { Output = graph.Input } };
        var owner = new Dictionary<string, DiagramBlock> { [NetworkGraph.InputName] = blocks[0] };
        // Padding, pooling and upsampling wait for the layer that they lead to.
        var leading = new List<Layer>();
        foreach (var layer in graph.Layers)
        {
            if (layer is PaddingLayer or PoolingLayer or UpsamplingLayer or BlurLayer)
            {
                leading.Add(layer);
                continue;
            }
            var block = blocks[^1];
            bool resized = leading.Any(lead => lead is not PaddingLayer);
            if (
                BeginsBlock(layer)
                && (
                    resized
                    || layer is ConcatenationLayer
                    || block.IsConcatenation
                    || block.Main is null
                    || Group(layer) != block.Name
                )
            )
                blocks.Add(block = new());
            leading.Add(layer);
            foreach (var part in leading)
                block.Append(part, shapes[part.Name], owner, blocks);
            leading.Clear();
        }
        foreach (var part in leading)
            blocks[^1].Append(part, shapes[part.Name], owner, blocks);
        return blocks;
    }

    private void Append(
        Layer layer,
        TensorShape shape,
        Dictionary<string, DiagramBlock> owner,
        List<DiagramBlock> blocks
    )
    {
        foreach (var source in layer.Inputs.Select(name => owner[name]))
            if (
                source != this
                && !(source == blocks[^2] && (Layers.Count == 0 || layer is ConcatenationLayer))
                && !Skips.Contains(source)
            )
                Skips.Add(source);
        Layers.Add(layer);
        Output = shape;
        owner[layer.Name] = this;
    }

    private static bool BeginsBlock(Layer layer) =>
        layer is KernelLayer or DenseLayer or FlattenLayer or ScaleLayer or LabelPlanesLayer or ConcatenationLayer;

    private static string Group(Layer layer) =>
        layer.Name.LastIndexOf('.') is > 0 and var dot ? layer.Name[..dot] : layer.Name;
}
