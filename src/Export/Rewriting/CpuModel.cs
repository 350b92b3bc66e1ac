using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// A model whose convolutions are computed in other ways where that is faster on a CPU. It gives the same result but
/// for rounding: on 8-bit images at most one level of difference.
/// </summary>
/// <remarks>
/// Where the session knows <see cref="ManagedOperator"/>, convolutions with 3x3 and 4x4 kernels are computed by it.
/// Else 3x3 convolutions are written in ONNX Runtime's operators, with a quarter of the multiplications and weights
/// that are four times as large, which is why this is done when a model is loaded and not when it is exported.
/// Transposed convolutions that double the size, and those with few output channels, take forms that ONNX Runtime has
/// better kernels for. Before rounding to 8 bits, an output of a rewritten convolution differs by less than 1e-5 of the
/// sum of the magnitudes that it adds up.
/// </remarks>
internal sealed class CpuModel
{
    private const int MinimumOpset = 9,
        LeastFormat = 4;

    private static readonly string[] s_domains = [RewritingNodes.RuntimeDomain, ManagedOperator.Domain];

    private CpuModel(byte[] bytes, int convolutions, long addedBytesPerPixel) =>
        (Bytes, Convolutions, AddedBytesPerPixel) = (bytes, convolutions, addedBytesPerPixel);

    /// <summary>The rewritten model.</summary>
    public byte[] Bytes { get; }

    /// <summary>How many convolutions were rewritten.</summary>
    public int Convolutions { get; }

    /// <summary>
    /// Memory that a run takes beyond the original model's, in bytes for each pixel of the model's input.
    /// </summary>
    public long AddedBytesPerPixel { get; }

    /// <summary>
    /// Rewrites a model; null where nothing is gained. Convolutions whose weights would grow the model beyond what is
    /// allowed stay as they are, all of them. So do those of a model with a Scan: ONNX Runtime only runs one where it
    /// knows beforehand how many dimensions everything has, which it does not know of what is rewritten. And those of a
    /// model that quantizes inside, where the least difference may be a whole step.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="size">The size of image that the estimate of what pays is made for; every size gives the same
    /// result.</param>
    /// <param name="maximumGrowth">The most bytes that the weights may grow by.</param>
    /// <param name="threads">Threads of a run.</param>
    /// <param name="hasManaged">Whether the session will know <see cref="ManagedOperator"/>.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static CpuModel? Rewrite(
        ReadOnlySpan<byte> model,
        ImageSize size,
        long maximumGrowth,
        int threads,
        bool hasManaged
    ) =>
        Rewrite(
            model,
            size,
            maximumGrowth,
            threads,
            hasManaged ? ConvolutionForms.PayingWithManaged : ConvolutionForms.Paying
        );

    /// <summary>Rewrites a model into the forms that <paramref name="forms"/> chooses.</summary>
    internal static CpuModel? Rewrite(
        ReadOnlySpan<byte> model,
        ImageSize size,
        long maximumGrowth,
        int threads,
        Func<ConvolutionNode, long, long, ConvolutionForm> forms
    ) => OnnxMessages.Use(model, document => Rewrite(document, size, maximumGrowth, threads, forms));

    private static CpuModel? Rewrite(
        ModelProto document,
        ImageSize size,
        long maximumGrowth,
        int threads,
        Func<ConvolutionNode, long, long, ConvolutionForm> forms
    )
    {
        var graph = document.Graph;
        long opset = document.OpsetImport.LastOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 0;
        if (opset < MinimumOpset || document.AllNodes().Any(RulesOut))
            return null;
        var constants = new GraphConstants(graph);
        var shapes = new NominalShapes(graph, constants, size);
        var chosen = new Dictionary<NodeProto, Choice>(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Node)
            if (Choose(node, constants, shapes, forms) is { } choice)
                chosen[node] = choice;
        if (chosen.Values.Sum(Growth) > maximumGrowth)
            foreach (var (node, _) in chosen.Where(pair => Growth(pair.Value) > 0).ToArray())
                chosen.Remove(node);
        if (chosen.Count == 0)
            return null;

        RemoveConstantInputs(document);
        var usage = new ValueUsage(graph);
        var writer = new RewritingNodes(graph, opset, threads);
        var nodes = new List<NodeProto>(graph.Node.Count);
        var computed = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var (node, choice) in chosen.Where(pair => pair.Value.Form == ConvolutionForm.Managed).ToArray())
        {
            var neighbors = ManagedNeighbors.Of(choice.Convolution, usage, constants);
            chosen[node] = choice with { Neighbors = neighbors };
            computed.UnionWith(neighbors.Nodes);
        }
        foreach (var node in graph.Node)
            if (chosen.TryGetValue(node, out var choice))
                nodes.AddRange(Write(writer, choice, constants, usage));
            else if (!computed.Contains(node))
                nodes.Add(node);
        graph.Node.Clear();
        graph.Node.Add(nodes);
        new ValueUsage(graph).RemoveUnused(graph.Initializer);
        foreach (string domain in nodes.Select(node => node.Domain).Intersect(s_domains))
            if (document.OpsetImport.All(import => import.Domain != domain))
                document.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        double added = chosen.Values.Max(choice => choice.Values) * sizeof(float) / ((double)size.Height * size.Width);
        try
        {
            return new(OnnxMessages.ToArray(document), chosen.Count, (long)added);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool RulesOut(NodeProto node) =>
        node.Is("Scan") || node.Is("QuantizeLinear") || node.Is("DynamicQuantizeLinear");

    // From version 4 of the format on, a runtime does not take for constant what a model lists among its inputs;
    // before, it asks for all constants there.
    private static void RemoveConstantInputs(ModelProto document)
    {
        document.IrVersion = Math.Max(LeastFormat, document.IrVersion);
        var graph = document.Graph;
        var constants = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        for (int i = graph.Input.Count - 1; i >= 0; i--)
            if (constants.Contains(graph.Input[i].Name))
                graph.Input.RemoveAt(i);
    }

    private static long Growth(Choice choice) =>
        choice.Form switch
        {
            ConvolutionForm.Managed => ManagedCost.Growth(choice.Convolution),
            ConvolutionForm.Winograd => WinogradConvolution.Growth(choice.Convolution),
            _ => 0,
        };

    private static Choice? Choose(
        NodeProto node,
        GraphConstants constants,
        NominalShapes shapes,
        Func<ConvolutionNode, long, long, ConvolutionForm> forms
    )
    {
        if (
            ConvolutionNode.Of(node, constants) is not { } convolution
            || shapes.Find(node.Output[0]) is not [_, _, var height, var width]
            || !constants.IsFloats(node.Input[1])
            || (HasBias(node) && !IsBias(node.Input[2], convolution.Outputs, constants))
        )
            return null;
        var form = forms(convolution, height, width);
        double values = form switch
        {
            ConvolutionForm.Winograd => WinogradConvolution.Values(convolution, height, width),
            ConvolutionForm.Subpixel => SubpixelConvolution.Values(convolution, height, width),
            _ => 0,
        };
        return form == ConvolutionForm.Direct ? null : new(convolution, form, values);
    }

    private static NodeProto[] Write(RewritingNodes nodes, Choice choice, GraphConstants constants, ValueUsage usage)
    {
        var node = choice.Convolution.Node;
        // An instance norm takes away what is the same for a whole channel.
        var reader = usage.OnlyReader(node.Output[0]);
        bool hasBias = HasBias(node) && !(reader is not null && reader.Is("InstanceNormalization"));
        nodes.Begin();
        if (choice.Form == ConvolutionForm.Managed)
        {
            ManagedConvolution.Write(nodes, choice.Convolution, hasBias, choice.Neighbors!);
            return nodes.Take();
        }
        float[] weights = constants.Floats(node.Input[1])!;
        float[]? bias = hasBias ? constants.Floats(node.Input[2]) : null;
        switch (choice.Form)
        {
            case ConvolutionForm.Winograd:
                WinogradConvolution.Write(nodes, choice.Convolution, weights, bias);
                break;
            case ConvolutionForm.Subpixel:
                SubpixelConvolution.Write(nodes, choice.Convolution, weights, bias);
                break;
            case ConvolutionForm.Narrow:
                NarrowConvolution.Write(nodes, choice.Convolution, weights, bias);
                break;
        }
        return nodes.Take();
    }

    private static bool HasBias(NodeProto node) => node.Input.Count > 2 && node.Input[2].Length > 0;

    private static bool IsBias(string name, int outputs, GraphConstants constants) =>
        constants.IsFloats(name) && constants.Shape(name) is [var length] && length == outputs;

    private readonly record struct Choice(
        ConvolutionNode Convolution,
        ConvolutionForm Form,
        double Values,
        ManagedNeighbors? Neighbors = null
    );
}
