using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>Collects the operators that stand for one of a graph after another, and their constants.</summary>
/// <param name="graph">The graph.</param>
/// <param name="opset">The version of ONNX's operators in it.</param>
/// <param name="threads">Threads of a run.</param>
internal sealed class RewritingNodes(GraphProto graph, long opset, int threads)
{
    /// <summary>The domain of the operators that only ONNX Runtime has.</summary>
    public const string RuntimeDomain = "com.microsoft";

    private readonly string _prefix = OnnxNames.FreePrefix(graph, "imt/cpu");

    private readonly HashSet<string> _shared = [];
    private readonly List<NodeProto> _nodes = [];
    private string _name = "";
    private int _number;

    /// <summary>Begins with the next operator.</summary>
    public void Begin() => _name = $"{_prefix}{_number++}/";

    /// <summary>What was collected since it was last taken.</summary>
    public NodeProto[] Take()
    {
        NodeProto[] nodes = [.. _nodes];
        _nodes.Clear();
        return nodes;
    }

    /// <summary>The name of a value of this operator.</summary>
    public string Name(string value) => _name + value;

    /// <summary>Appends a node and returns the name of its output.</summary>
    public string Node(
        string type,
        string output,
        ImmutableArray<string> inputs,
        params ImmutableArray<AttributeProto> attributes
    )
    {
        _nodes.Add(OnnxNode.Of(type, inputs, Name(output), attributes));
        return Name(output);
    }

    /// <summary>Appends a node whose output has exactly this name.</summary>
    public void NodeTo(
        string output,
        string type,
        ImmutableArray<string> inputs,
        params ImmutableArray<AttributeProto> attributes
    ) => _nodes.Add(OnnxNode.Of(type, inputs, output, attributes));

    /// <summary>Appends a node of another domain than ONNX's.</summary>
    public void NodeOf(
        string domain,
        string output,
        string type,
        ImmutableArray<string> inputs,
        params ImmutableArray<AttributeProto> attributes
    )
    {
        var node = OnnxNode.Of(type, inputs, output, attributes);
        node.Domain = domain;
        _nodes.Add(node);
    }

    /// <summary>The setting of axis.</summary>
    public static AttributeProto Axis(int axis) => OnnxAttribute.Integer("axis", axis);

    /// <summary>The lengths of some dimensions of a value.</summary>
    public string Sides(string output, string value, params ImmutableArray<long> axes) =>
        Node("Gather", output, [Node("Shape", output + "_shape", [value]), Integers(axes)], Axis(0));

    /// <summary>Threads of a run.</summary>
    public int Threads => threads;

    /// <summary>Whether a run has more than one thread.</summary>
    public bool SeveralThreads => threads > 1;

    /// <summary>
    /// Appends what puts blocks in their places, but for the last step: from [N, block * block * channels, H, W], the
    /// rows of a block first. Two transpositions take half the time of DepthToSpace, which moves single numbers.
    /// </summary>
    /// <param name="value">The blocks, with channels, H and W in whatever dimensions.</param>
    /// <param name="block">The side of a block.</param>
    /// <param name="channels">Channels of the result.</param>
    /// <param name="columns">W, a list of one number.</param>
    /// <returns>What <see cref="Place"/> finishes.</returns>
    public (string Rows, string Width) Interleave(string value, int block, int channels, string columns)
    {
        if (SeveralThreads)
        {
            string identity = Shared($"identity{block}", [block, block], Identity(block));
            value = Node("Reshape", "split", [value, Integers(0, block, block, -1)]);
            return Rows(TransposedProduct("rows", value, identity), block, channels, columns);
        }
        string split = Node("Concat", "split_shape", [Integers(0, block, block, -1), columns], Axis(0));
        value = Node("Reshape", "split", [value, split]);
        value = Node("Transpose", "rows", [value], OnnxAttribute.Integers("perm", 0, 1, 3, 4, 2));
        return Rows(value, block, channels, columns);
    }

    /// <summary>
    /// Appends the product of a value [..., K, L], transposed, with a matrix [K, M]: [..., L, M]. ONNX Runtime's
    /// threads get in each other's way where Transpose moves a dimension of 2 or 4 to the end, and take three times as
    /// long as one; a product has no such trouble.
    /// </summary>
    public string TransposedProduct(string output, string value, string matrix)
    {
        NodeOf(RuntimeDomain, Name(output), "FusedMatMul", [value, matrix], OnnxAttribute.Integer("transA", 1));
        return Name(output);
    }

    /// <summary>
    /// Appends the last but one step of <see cref="Interleave"/>, whose columns lie in a block's order.
    /// </summary>
    /// <inheritdoc cref="Interleave"/>
    public (string Rows, string Width) Rows(string value, int block, int channels, string columns)
    {
        string width = Node("Mul", "width", [columns, Integers(block)]);
        string rows = Node("Concat", "rows_shape", [Integers(0, block, channels, -1), width], Axis(0));
        return (Node("Reshape", "rows_split", [value, rows]), width);
    }

    /// <summary>Appends the last step of <see cref="Interleave"/>.</summary>
    public void Place((string Rows, string Width) value, int channels, string output)
    {
        string shape = Node("Concat", "placed_shape", [Integers(0, channels, -1), value.Width], Axis(0));
        _nodes.Add(Move(value.Rows, Name("moved")));
        NodeTo(output, "Reshape", [Name("moved"), shape]);
    }

    /// <summary>What moves the rows of blocks beside their channels.</summary>
    public static NodeProto Move(string rows, string output) =>
        OnnxNode.Of("Transpose", [rows], output, OnnxAttribute.Integers("perm", 0, 2, 3, 1, 4));

    /// <summary>Appends nodes.</summary>
    public void Add(IEnumerable<NodeProto> nodes) => _nodes.AddRange(nodes);

    /// <summary>
    /// Nodes that cut off what a value has beyond a size, a list of two numbers, along its two last dimensions.
    /// </summary>
    public NodeProto[] Cut(string value, string size, int dimensions, string output)
    {
        var (first, second) = (dimensions - 2, dimensions - 1);
        if (opset >= 10)
            return [OnnxNode.Of("Slice", [value, Integers(0, 0), size, Integers(first, second)], output)];
        // Before, Slice takes no ends that come from the image.
        string y = Name("cut_y"),
            x = Name("cut_x"),
            rows = Name("cut_rows");
        return
        [
            .. Indices(y, 0),
            .. Indices(x, 1),
            OnnxNode.Of("Gather", [value, y], rows, Axis(first)),
            OnnxNode.Of("Gather", [rows, x], output, Axis(second)),
        ];

        // 0 to the size, by the places of ones in as many ones.
        NodeProto[] Indices(string name, int side) =>
            [
                OnnxNode.Of("Gather", [size, Integers(side)], name + "_count", Axis(0)),
                OnnxNode.Of(
                    "ConstantOfShape",
                    [name + "_count"],
                    name + "_ones",
                    OnnxAttribute.Tensor("value", OnnxTensor.Float("", [1], [1]))
                ),
                OnnxNode.Of("NonZero", [name + "_ones"], name + "_places"),
                OnnxNode.Of("Reshape", [name + "_places", Integers(-1)], name),
            ];
    }

    /// <summary>A constant of this operator.</summary>
    public string Constant(string name, ImmutableArray<int> shape, float[] values)
    {
        graph.Initializer.Add(OnnxTensor.Float(Name(name), shape, values));
        return Name(name);
    }

    /// <summary>A constant that all operators share.</summary>
    public string Shared(string name, ImmutableArray<int> shape, float[] values)
    {
        name = $"{_prefix}/{name}";
        if (_shared.Add(name))
            graph.Initializer.Add(OnnxTensor.Float(name, shape, values));
        return name;
    }

    /// <summary>A list of integers, which all operators share.</summary>
    public string Integers(params ImmutableArray<long> values)
    {
        string name = $"{_prefix}/i{string.Join('_', values)}";
        if (_shared.Add(name))
            graph.Initializer.Add(OnnxTensor.Integers(name, values));
        return name;
    }

    /// <summary>A single integer, which all operators share.</summary>
    public string Scalar(long value)
    {
        string name = $"{_prefix}/s{value}";
        if (!_shared.Add(name))
            return name;
        var tensor = OnnxTensor.Integers(name, value);
        tensor.Dims.Clear();
        graph.Initializer.Add(tensor);
        return name;
    }

    private static float[] Identity(int side)
    {
        var matrix = new float[side * side];
        for (int i = 0; i < side; i++)
            matrix[i * (side + 1)] = 1;
        return matrix;
    }
}
