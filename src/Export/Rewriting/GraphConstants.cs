using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Export;

/// <summary>
/// The constants of a graph: initializers, Constant nodes, those widened from 16 bits, and other names of them, which
/// PyTorch gives by Identity to what several layers share or happen to have in common.
/// </summary>
internal sealed class GraphConstants
{
    private readonly Dictionary<string, TensorProto> _tensors = [];
    private readonly HashSet<string> _widened = [];

    public GraphConstants(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer)
            _tensors[tensor.Name] = tensor;
        foreach (var node in graph.Node.Where(node => node.Output.Count == 1))
        {
            if (node.Is("Constant") && node.Find("value")?.T is { } value)
                _tensors[node.Output[0]] = value;
            else if (node.Input.Count != 1)
                continue;
            else if (node.Is("Identity") && _tensors.TryGetValue(node.Input[0], out var same))
            {
                _tensors[node.Output[0]] = same;
                if (_widened.Contains(node.Input[0]))
                    _widened.Add(node.Output[0]);
            }
            else if (
                node.Is("Cast")
                && node.Find("to")?.I == (long)OnnxElementType.Float
                && _tensors.TryGetValue(node.Input[0], out var half)
                && half.DataType == (int)OnnxElementType.Float16
            )
            {
                _tensors[node.Output[0]] = half;
                _widened.Add(node.Output[0]);
            }
        }
    }

    /// <summary>The dimensions of a constant, or null where there is no such constant.</summary>
    public ImmutableArray<long>? Shape(string name) =>
        _tensors.TryGetValue(name, out var tensor) ? [.. tensor.Dims] : null;

    /// <summary>The type of a constant's elements, or null where there is no such constant.</summary>
    public OnnxElementType? Type(string name) =>
        _widened.Contains(name) ? OnnxElementType.Float
        : _tensors.TryGetValue(name, out var tensor) ? (OnnxElementType)tensor.DataType
        : null;

    /// <summary>
    /// Whether there is a constant of that name, of floats that are in the file. One of 16 bits that is not widened is
    /// none: what reads it computes with 16 bits.
    /// </summary>
    public bool IsFloats(string name)
    {
        if (!_tensors.TryGetValue(name, out var tensor) || tensor.DataLocation != 0)
            return false;
        // Sides of a hostile file could overflow an integer, and so seem to fit.
        double count = tensor.Dims.Aggregate(1.0, (product, side) => product * side);
        return (OnnxElementType)tensor.DataType switch
        {
            OnnxElementType.Float when tensor.HasRawData => tensor.RawData.Length == count * sizeof(float),
            OnnxElementType.Float => tensor.FloatData.Count == count,
            OnnxElementType.Float16 => _widened.Contains(name)
                && tensor.HasRawData
                && tensor.RawData.Length == count * 2,
            _ => false,
        };
    }

    /// <summary>A constant of floats, or null where there is none in the file.</summary>
    public float[]? Floats(string name)
    {
        if (!IsFloats(name))
            return null;
        var tensor = _tensors[name];
        if (!tensor.HasRawData)
            return [.. tensor.FloatData];
        return (OnnxElementType)tensor.DataType == OnnxElementType.Float
            ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()
            : Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray(), half => (float)half);
    }

    /// <summary>A constant list of integers, or null where there is none that this reads.</summary>
    public long[]? Integers(string name) =>
        _tensors.TryGetValue(name, out var tensor)
        && (OnnxElementType)tensor.DataType == OnnxElementType.Int64
        && tensor.HasRawData
            ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray()
            : null;
}
