namespace MlNetImageTranslation.Networks;

/// <summary>
/// How much of the input one output value sees through kernels, in pixels. Statistics over the whole image (instance
/// norm, batch norm by the image) are not counted. Found by following index intervals back through the graph, so it is
/// exact for transposed convolutions and upsampling, too.
/// </summary>
internal static class ReceptiveField
{
    /// <summary>
    /// The side of the square of input pixels that one output value sees; the whole input for a network with a dense
    /// layer. May be larger than the input.
    /// </summary>
    public static int Of(NetworkGraph graph) => FieldOf(graph, graph.Layers.Length - 1);

    /// <summary>Every layer with a kernel, in the order of computation.</summary>
    internal static IReadOnlyList<ReceptiveFieldStep> Steps(NetworkGraph graph)
    {
        var windows = Widest(graph, graph.Layers.Length - 1);
        return
        [
            .. graph
                .Layers.Select((layer, index) => (layer, index))
                .Where(pair =>
                    pair.layer is KernelLayer or PoolingLayer or UpsamplingLayer or BlurLayer or FlattenLayer
                    && windows.ContainsKey(pair.layer.Name)
                )
                .Select(pair => new ReceptiveFieldStep(
                    pair.layer,
                    windows[pair.layer.Name].Input,
                    FieldOf(graph, pair.index)
                )),
        ];
    }

    private static int FieldOf(NetworkGraph graph, int last) => Widest(graph, last)[NetworkGraph.InputName].Output;

    /// <summary>
    /// For one value of layer number <paramref name="last"/>, the widest windows of every layer's input and output that
    /// it depends on. They depend on where the value lies relative to the strides, so all positions within the
    /// network's size multiple are tried.
    /// </summary>
    private static Dictionary<string, (int Input, int Output)> Widest(NetworkGraph graph, int last)
    {
        var shapes = graph.Shapes(graph.Input);
        var widest = new Dictionary<string, (int Input, int Output)>();
        // A layer of half the image's size comes to the same place after half as many of its pixels.
        int side = shapes[graph.Layers[last].Name].Height,
            phases = Math.Max(1, (int)Math.Ceiling((double)graph.SizeMultiple * side / graph.Input.Height));
        for (int phase = 0; phase < phases; phase++)
        {
            // Far from zero, so that no division meets a negative number.
            const long origin = 1L << 40;
            var needed = new Dictionary<string, (long First, long Last)>
            {
                [graph.Layers[last].Name] = (origin + phase, origin + phase),
            };
            for (int index = last; index >= 0; index--)
            {
                var layer = graph.Layers[index];
                if (!needed.TryGetValue(layer.Name, out var output))
                    continue;
                var input = Through(layer, output, shapes[layer.Inputs[0]]);
                foreach (var name in layer.Inputs)
                    needed[name] = needed.TryGetValue(name, out var other)
                        ? (Math.Min(input.First, other.First), Math.Max(input.Last, other.Last))
                        : input;
                Widen(layer.Name, Side(input, layer.Inputs[0]), Side(output, layer.Name));
            }
            Widen(NetworkGraph.InputName, 0, Side(needed[NetworkGraph.InputName], NetworkGraph.InputName));
        }
        return widest;

        void Widen(string name, int input, int output)
        {
            widest.TryGetValue(name, out var known);
            widest[name] = (Math.Max(input, known.Input), Math.Max(output, known.Output));
        }

        // A network of one size has a border in a known place; the others are thought to work on an image without end.
        int Side((long First, long Last) interval, string layer) =>
            (int)
                Math.Min(
                    interval.Last - interval.First + 1,
                    graph.HasFixedSize ? Math.Max(shapes[layer].Height, shapes[layer].Width) : int.MaxValue
                );
    }

    private static (long First, long Last) Through(Layer layer, (long First, long Last) output, TensorShape input) =>
        layer switch
        {
            ConvolutionLayer l => (
                output.First * l.Stride - l.Padding.Left,
                output.Last * l.Stride - l.Padding.Left + l.KernelSize - 1
            ),
            PoolingLayer l => (
                output.First * l.Stride - l.Padding.Left,
                output.Last * l.Stride - l.Padding.Left + l.KernelSize - 1
            ),
            // Input i reaches the outputs i * stride - crop ... + kernel - 1.
            TransposedConvolutionLayer l => (
                (output.First + l.Padding.Left - l.KernelSize + l.Stride) / l.Stride,
                (output.Last + l.Padding.Left) / l.Stride
            ),
            UpsamplingLayer { Mode: UpsamplingMode.Nearest } l => (output.First / l.Scale, output.Last / l.Scale),
            UpsamplingLayer l => (
                (2 * output.First + 1 - l.Scale) / (2 * l.Scale),
                (2 * output.Last + 1 - l.Scale) / (2 * l.Scale) + 1
            ),
            BlurLayer => (
                output.First * BlurLayer.Stride - BlurLayer.Border,
                output.Last * BlurLayer.Stride - BlurLayer.Border + BlurLayer.Filter.Length - 1
            ),
            LabelPlanesLayer { Edges: true } => (output.First - 1, output.Last + 1),
            PaddingLayer l => (output.First - l.Padding.Left, output.Last - l.Padding.Left),
            FlattenLayer => (output.First, output.First + Math.Max(input.Height, input.Width) - 1),
            _ => output,
        };
}

/// <summary>One layer on the way from the network's output back to its input.</summary>
/// <param name="Layer">The layer, one that has a kernel (convolution, transposed convolution, pooling,
/// upsampling).</param>
/// <param name="Window">
/// Side of the window of this layer's input on which one value of the network's output depends. From the last layer to
/// the first, a 70x70 PatchGAN goes 4, 7, 16, 34, 70. Where several paths lead to the output, the widest counts.
/// </param>
/// <param name="Field">Side of the square of the network's input on which one value of this layer's output depends: 4,
/// 10, 22, 46, 70 from first to last.</param>
internal sealed record ReceptiveFieldStep(Layer Layer, int Window, int Field);
