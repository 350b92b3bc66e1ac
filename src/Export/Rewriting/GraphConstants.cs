using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Export;

/// <summary>The constants of a graph: initializers, Constant nodes, and those widened from 16 bits.</summary>
internal sealed class GraphConstants
{
    private readonly Dictionary<string, TensorProto> _tensors = [];

    public GraphConstants(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer)
            _tensors[tensor.Name] = tensor;
        foreach (var node in graph.Node.Where(node => node.Output.Count == 1))
        {
            if (node.Is("Constant") && node.Find("value")?.T is { } value)
                _tensors[node.Output[0]] = value;
            else if (
                node.Is("Cast")
                && node.Find("to")?.I == (long)OnnxElementType.Float
                && _tensors.TryGetValue(node.Input[0], out var half)
                && half.DataType == (int)OnnxElementType.Float16
            )
                _tensors[node.Output[0]] = half;
        }
    }

    /// <summary>The dimensions of a constant, or null where there is no such constant.</summary>
    public ImmutableArray<long>? Shape(string name) =>
        _tensors.TryGetValue(name, out var tensor) ? [.. tensor.Dims] : null;

    /// <summary>A constant of floats, or null where there is none in the file.</summary>
    public float[]? Floats(string name)
    {
        if (!_tensors.TryGetValue(name, out var tensor) || tensor.DataLocation != 0)
            return null;
        long count = tensor.Dims.Aggregate(1L, (product, side) => product * side);
        float[]? values = (OnnxElementType)tensor.DataType switch
        {
            OnnxElementType.Float when tensor.HasRawData => MemoryMarshal
                .Cast<byte, float>(tensor.RawData.Span)
                .ToArray(),
            OnnxElementType.Float => [.. tensor.FloatData],
            OnnxElementType.Float16 when tensor.HasRawData => Array.ConvertAll(
                MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray(),
                value => (float)value
            ),
            _ => null,
        };
        return values?.Length == count ? values : null;
    }

    /// <summary>A constant list of integers, or null where there is none that this reads.</summary>
    public long[]? Integers(string name) =>
        _tensors.TryGetValue(name, out var tensor)
        && (OnnxElementType)tensor.DataType == OnnxElementType.Int64
        && tensor.HasRawData
            ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray()
            : null;
}
