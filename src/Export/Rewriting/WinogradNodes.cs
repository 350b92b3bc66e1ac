using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Writes convolutions as ONNX's own operators in Winograd's way, for every size and batch: one 3-D convolution cuts
/// the padded image into windows and transforms them, a product of matrices for each of the 36 values of a window does
/// the work, another one and two transpositions put the tiles of the result in their places.
/// </summary>
internal sealed class WinogradNodes(GraphProto graph, long opset)
{
    private const string Prefix = "imt/winograd";
    private const int Tile = WinogradTransform.Tile,
        Window = WinogradTransform.Window,
        Products = WinogradTransform.Products;

    private readonly List<NodeProto> _nodes = [];
    private readonly HashSet<string> _shared = [];
    private string _name = "";
    private int _number;

    /// <summary>The nodes that do the work of a convolution, the last of which gives its output.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="bias">What is added to every output channel, or null.</param>
    public IReadOnlyList<NodeProto> Write(PlainConvolution convolution, float[] weights, float[]? bias)
    {
        _nodes.Clear();
        _name = $"{Prefix}{_number++}/";
        var (inputs, outputs) = (convolution.Inputs, convolution.Outputs);
        string image = convolution.Node.Input[0],
            output = convolution.Node.Output[0];
        string windows = Windows(image, inputs, convolution.Padding);
        string values = Node("Reshape", "values", [windows, Integers(0, Products, inputs, -1)]);
        string transformed = Constant(
            "weights",
            [Products, outputs, inputs],
            WinogradTransform.Weights(weights, outputs, inputs)
        );
        string products = Node("MatMul", "products", [transformed, values]);
        string joined = Node("Reshape", "joined", [products, Integers(0, Products, -1)]);
        string tiles = Node(
            "MatMul",
            "tiles",
            [Shared("output", [Tile * Tile, Products], WinogradTransform.Output), joined]
        );
        Interleave(tiles, windows, image, outputs, convolution.Padding, bias is null ? output : _name + "whole");
        if (bias is not null)
            _nodes.Add(OnnxNode.Of("Add", [_name + "whole", Constant("bias", [outputs, 1, 1], bias)], output));
        return [.. _nodes];
    }

    // [N, C, H, W] to [N, 36, C, rows of tiles, columns of tiles]. The window of the last tile ends within the zeros,
    // wherever the image ends.
    private string Windows(string image, int channels, (int Top, int Left, int Bottom, int Right) padding)
    {
        var (top, left, bottom, right) = padding;
        string sides = Node("Gather", "sides", [Node("Shape", "shape", [image]), Integers(2, 3)], Axis(0));
        string deep = Node("Concat", "deep_shape", [Integers(-1, 1, channels), sides], Axis(0));
        string kernel = Shared("input", [Products, 1, 1, Window, Window], WinogradTransform.Input);
        return Node(
            "Conv",
            "windows",
            [Node("Reshape", "deep", [image, deep]), kernel],
            OnnxAttribute.Integers("kernel_shape", 1, Window, Window),
            OnnxAttribute.Integers("strides", 1, Tile, Tile),
            OnnxAttribute.Integers("pads", 0, top, left, 0, bottom + Tile - 1, right + Tile - 1)
        );
    }

    // [N, 16, C * tiles] to [N, C, H, W].
    private void Interleave(
        string tiles,
        string windows,
        string image,
        int channels,
        (int Top, int Left, int Bottom, int Right) padding,
        string output
    )
    {
        string grid = Node("Gather", "grid", [Node("Shape", "windows_shape", [windows]), Integers(3, 4)], Axis(0));
        string full = Node("Mul", "full", [grid, Integers(Tile)]);
        string columns = Node("Gather", "columns", [grid, Integers(1)], Axis(0));
        string width = Node("Gather", "width", [full, Integers(1)], Axis(0));
        string split = Node("Concat", "split_shape", [Integers(0, Tile, Tile, -1), columns], Axis(0));
        string rows = Node("Concat", "rows_shape", [Integers(0, Tile, channels, -1), width], Axis(0));
        string whole = Node("Concat", "whole_shape", [Integers(0, channels, -1), width], Axis(0));
        string value = Node("Reshape", "split", [tiles, split]);
        value = Node("Transpose", "rows", [value], OnnxAttribute.Integers("perm", 0, 1, 3, 4, 2));
        value = Node("Reshape", "rows_split", [value, rows]);

        // The size of the result. Where it is no multiple of the tile, the rest of the last tiles is cut off; where it
        // is one, cutting nothing off would copy the whole image.
        var (top, left, bottom, right) = padding;
        string size = Node("Add", "size", [_name + "sides", Integers(top + bottom - 2, left + right - 2)]);
        string rest = Node(
            "ReduceMax",
            "rest",
            [Node("Sub", "difference", [full, size])],
            OnnxAttribute.Integer("keepdims", 0)
        );
        string isWhole = Node("Equal", "is_whole", [rest, Scalar(0)]);
        var place = OnnxNode.Of("Transpose", [value], "", OnnxAttribute.Integers("perm", 0, 2, 3, 1, 4));
        _nodes.Add(
            OnnxNode.Of(
                "If",
                [isWhole],
                output,
                Branch("then_branch", place, whole, null, channels),
                Branch("else_branch", place, whole, size, channels)
            )
        );
    }

    private AttributeProto Branch(string name, NodeProto place, string whole, string? size, int channels)
    {
        string prefix = $"{_name}{name}/",
            result = prefix + "whole";
        place = place.Clone();
        place.Output[0] = prefix + "placed";
        var branch = new GraphProto
        {
            Name = name,
            Node = { place, OnnxNode.Of("Reshape", [place.Output[0], whole], result) },
        };
        if (size is not null)
        {
            branch.Node.Add(Cut(result, size, prefix));
            result = prefix + "cut";
        }
        branch.Output.Add(OnnxValue.Of(new(result, OnnxElementType.Float, [default, channels, default, default])));
        return new()
        {
            Name = name,
            G = branch,
            Type = AttributeProto.Types.AttributeType.Graph,
        };
    }

    // Before opset 10, Slice takes no ends that come from the image.
    private IEnumerable<NodeProto> Cut(string value, string size, string prefix)
    {
        if (opset >= 10)
            return [OnnxNode.Of("Slice", [value, Integers(0, 0), size, Integers(2, 3)], prefix + "cut")];
        return
        [
            .. Indices("rows", 0),
            .. Indices("columns", 1),
            OnnxNode.Of("Gather", [value, prefix + "rows"], prefix + "cut_rows", Axis(2)),
            OnnxNode.Of("Gather", [prefix + "cut_rows", prefix + "columns"], prefix + "cut", Axis(3)),
        ];

        // 0 to the size, by the places of ones in as many ones.
        IEnumerable<NodeProto> Indices(string name, int side) =>
            [
                OnnxNode.Of("Gather", [size, Integers(side)], $"{prefix}{name}_count", Axis(0)),
                OnnxNode.Of(
                    "ConstantOfShape",
                    [$"{prefix}{name}_count"],
                    $"{prefix}{name}_ones",
                    OnnxAttribute.Tensor("value", OnnxTensor.Float("", [1], [1]))
                ),
                OnnxNode.Of("NonZero", [$"{prefix}{name}_ones"], $"{prefix}{name}_places"),
                OnnxNode.Of("Reshape", [$"{prefix}{name}_places", Integers(-1)], prefix + name),
            ];
    }

    private string Node(
        string type,
        string output,
        ImmutableArray<string> inputs,
        params ImmutableArray<AttributeProto> attributes
    )
    {
        _nodes.Add(OnnxNode.Of(type, inputs, _name + output, attributes));
        return _name + output;
    }

    private static AttributeProto Axis(int axis) => OnnxAttribute.Integer("axis", axis);

    private string Constant(string name, ImmutableArray<int> shape, float[] values)
    {
        graph.Initializer.Add(OnnxTensor.Float(_name + name, shape, values));
        return _name + name;
    }

    private string Shared(string name, ImmutableArray<int> shape, float[] values)
    {
        name = $"{Prefix}/{name}";
        if (_shared.Add(name))
            graph.Initializer.Add(OnnxTensor.Float(name, shape, values));
        return name;
    }

    private string Integers(params ImmutableArray<long> values)
    {
        string name = $"{Prefix}/i{string.Join('_', values)}";
        if (_shared.Add(name))
            graph.Initializer.Add(OnnxTensor.Integers(name, values));
        return name;
    }

    private string Scalar(long value)
    {
        string name = $"{Prefix}/s{value}";
        if (!_shared.Add(name))
            return name;
        var tensor = OnnxTensor.Integers(name, value);
        tensor.Dims.Clear();
        graph.Initializer.Add(tensor);
        return name;
    }
}
