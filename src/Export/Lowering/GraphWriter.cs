using System.Collections.Immutable;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Collects operators and constants; gives every value a name of its own and writes equal constants once.
/// </summary>
internal sealed class GraphWriter(WeightPrecision precision)
{
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<(float Value, int Channels), string> _filled = [];
    private readonly Dictionary<ImmutableArray<long>, string> _integers = new(new SequenceComparer());
    private readonly List<NodeProto> _nodes = [];
    private readonly List<TensorProto> _constants = [];

    /// <summary>Takes a name, or the nearest one that is free.</summary>
    public string Name(string wanted)
    {
        var name = wanted;
        for (int number = 2; !_names.Add(name); number++)
            name = $"{wanted}_{number}";
        return name;
    }

    /// <summary>Appends an operator and returns the name of its output.</summary>
    public string Node(
        string operatorType,
        string output,
        ImmutableArray<string> inputs,
        params ImmutableArray<AttributeProto> attributes
    )
    {
        output = Name(output);
        _nodes.Add(OnnxNode.Of(operatorType, inputs, output, attributes));
        return output;
    }

    /// <summary>Appends an operator whose output has exactly this name, reserved before.</summary>
    public void NodeTo(
        string reserved,
        string operatorType,
        ImmutableArray<string> inputs,
        params ImmutableArray<AttributeProto> attributes
    ) => _nodes.Add(OnnxNode.Of(operatorType, inputs, reserved, attributes));

    /// <summary>A constant of float32 values.</summary>
    public string Constant(string name, ImmutableArray<int> shape, float[] values)
    {
        name = Name(name);
        _constants.Add(OnnxTensor.Float(name, shape, values));
        return name;
    }

    /// <summary>
    /// Weights of a convolution or dense layer, in the file's precision; values beyond what 16 bits hold stay at 32.
    /// </summary>
    public string Weight(string name, ImmutableArray<int> shape, float[] values)
    {
        if (precision == WeightPrecision.Float32 || values.Any(value => !Half.IsFinite((Half)value)))
            return Constant(name, shape, values);
        // A node, not an initializer: ML.NET's ApplyOnnxModel refuses models with initializers of 16 bits
        // (OnnxTypeParser.cs).
        string half = Name(name + ".16");
        _nodes.Add(
            OnnxNode.Of("Constant", [], half, [OnnxAttribute.Tensor("value", OnnxTensor.Float16(half, shape, values))])
        );
        return Node("Cast", name, [half], OnnxAttribute.Integer("to", (int)OnnxElementType.Float));
    }

    /// <summary>A single number; equal ones are one constant.</summary>
    public string Scalar(float value) => Filled(value, 0);

    /// <summary>The same number for every channel; equal ones are one constant.</summary>
    public string Filled(float value, int channels)
    {
        if (_filled.TryGetValue((value, channels), out var name))
            return name;
        name =
            channels == 0
                ? Constant(FormattableString.Invariant($"c{value}"), [], [value])
                : Constant(
                    FormattableString.Invariant($"c{value}x{channels}"),
                    [channels],
                    [.. Enumerable.Repeat(value, channels)]
                );
        return _filled[(value, channels)] = name;
    }

    /// <summary>A list of integers; equal ones are one constant.</summary>
    public string Integers(params ImmutableArray<long> values)
    {
        if (_integers.TryGetValue(values, out var name))
            return name;
        name = Name("i" + string.Join('_', values));
        _constants.Add(OnnxTensor.Integers(name, values));
        return _integers[values] = name;
    }

    /// <summary>The graph of everything collected.</summary>
    public GraphProto Build(string name, OnnxTensorInfo input, OnnxTensorInfo output)
    {
        // The form that every device has kernels for.
        foreach (var node in _nodes)
            CudaModel.MakeSymmetric(node);
        return new()
        {
            Name = name,
            Node = { _nodes },
            Initializer = { _constants },
            Input = { OnnxValue.Of(input) },
            Output = { OnnxValue.Of(output) },
        };
    }

    private sealed class SequenceComparer : IEqualityComparer<ImmutableArray<long>>
    {
        public bool Equals(ImmutableArray<long> left, ImmutableArray<long> right) =>
            left.AsSpan().SequenceEqual(right.AsSpan());

        public int GetHashCode(ImmutableArray<long> values) => values.Aggregate(values.Length, HashCode.Combine);
    }
}
