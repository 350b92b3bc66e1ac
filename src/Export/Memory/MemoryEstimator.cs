using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Tells how much memory runs of a model take, by the shapes that follow from the graph. Neither weights nor the
/// runtime are touched. Safe to use from many threads.
/// </summary>
internal sealed class MemoryEstimator
{
    private readonly GraphOutline _graph;
    private readonly string _input;
    private readonly OnnxElementType _type;

    private MemoryEstimator(GraphOutline graph, string input, OnnxElementType type)
    {
        _graph = graph;
        _input = input;
        _type = type;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="model">Its bytes.</param>
    /// <param name="input">The input that gets the image.</param>
    /// <param name="type">The type of its elements.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static MemoryEstimator Read(ReadOnlySpan<byte> model, string input, OnnxElementType type) =>
        new(GraphOutline.OfModel(model), input, type);

    /// <summary>What a run takes, as <see cref="ModelRewriter.EstimateMemory"/> says it.</summary>
    /// <param name="shape">The shape of the input.</param>
    public (double Bytes, string LargestValue, double LargestBytes, double? ResultPixels, bool IsComplete) Estimate(
        params ImmutableArray<int> shape
    )
    {
        var walk = new GraphWalk();
        var image = ValueEstimate.Of(_type, [.. shape.Select(side => (double)side)]);
        var outputs = walk.Run(_graph, new(StringComparer.Ordinal) { [_input] = image }, null);
        double? pixels = outputs is [{ Shape: [_, var a, var b, var c] }, ..]
            ? c is 1 or 3 && a is not (1 or 3)
                ? a * b
                : b * c
            : null;
        return (walk.Peak, walk.Largest, walk.LargestBytes, pixels, walk.IsComplete);
    }

    /// <summary>An output as the operators make it, whatever the file says of it.</summary>
    /// <param name="output">What the file says of it.</param>
    /// <param name="shape">The shape of the input.</param>
    /// <returns>The output of that run, or null where its shape does not follow from the graph.</returns>
    public OnnxTensorInfo? Infer(OnnxTensorInfo output, params ImmutableArray<int> shape)
    {
        ArgumentNullException.ThrowIfNull(output);
        var image = ValueEstimate.Of(_type, [.. shape.Select(side => (double)side)]);
        var outputs = new GraphWalk().Run(_graph, new(StringComparer.Ordinal) { [_input] = image }, null);
        int index = _graph.Outputs.IndexOf(output.Name);
        return index >= 0 && index < outputs.Count && outputs[index].Shape is { } sides
            ? new(output.Name, output.ElementType, [.. sides.Select(side => new OnnxDimension((long)side, null))])
            : null;
    }
}
