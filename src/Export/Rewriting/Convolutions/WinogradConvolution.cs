namespace MlNetImageTranslation.Export;

/// <summary>
/// A 3x3 convolution in Winograd's way, for every size and batch: one 3-D convolution cuts the padded image into
/// windows and transforms them, a product of matrices for each of the 36 values of a window does the work, another one
/// and two transpositions put the tiles of the result in their places.
/// </summary>
internal static class WinogradConvolution
{
    private const int Tile = WinogradTransform.Tile,
        Window = WinogradTransform.Window,
        Products = WinogradTransform.Products;

    /// <summary>Whether a convolution can be computed so.</summary>
    public static bool Fits(ConvolutionNode convolution) =>
        convolution is { IsTransposed: false, Kernel: (3, 3) } && convolution.HasStride(1);

    /// <summary>Whether that is faster for a result of that size.</summary>
    public static bool Pays(ConvolutionNode convolution, long height, long width) =>
        WinogradCost.Pays(convolution.Inputs, convolution.Outputs, height, width);

    /// <summary>Bytes of weights beyond those of the model.</summary>
    public static long Growth(ConvolutionNode convolution) =>
        (Products - 9L) * sizeof(float) * convolution.Inputs * convolution.Outputs;

    /// <summary>Numbers that a run holds at a time, beyond the image and the result.</summary>
    public static double Values(ConvolutionNode convolution, long height, long width) =>
        Products * (double)height * width / (Tile * Tile) * (convolution.Inputs + convolution.Outputs);

    /// <summary>Writes the convolution.</summary>
    public static void Write(RewritingNodes nodes, ConvolutionNode convolution, float[] weights, float[]? bias)
    {
        var (inputs, outputs) = (convolution.Inputs, convolution.Outputs);
        string image = convolution.Node.Input[0],
            output = convolution.Node.Output[0];
        string sides = nodes.Sides("sides", image, 2, 3);
        string windows = Windows(nodes, convolution, image, sides);
        string values = nodes.Node("Reshape", "values", [windows, nodes.Integers(0, Products, inputs, -1)]);
        string transformed = nodes.Constant(
            "weights",
            [Products, outputs, inputs],
            WinogradTransform.Weights(weights, outputs, inputs)
        );
        string products = nodes.Node("MatMul", "products", [transformed, values]);
        var rows = Rows(nodes, products, outputs, nodes.Sides("columns", windows, 4));
        Finish(nodes, convolution, rows, windows, sides, bias is null ? output : nodes.Name("whole"));
        if (bias is not null)
            nodes.NodeTo(output, "Add", [nodes.Name("whole"), nodes.Constant("bias", [outputs, 1, 1], bias)]);
    }

    // From products to tiles, whose rows and columns take their places on the way. One product of matrices for both sides
    // and a transposition; with several threads one for each side, the second of which transposes.
    private static (string Rows, string Width) Rows(RewritingNodes nodes, string products, int outputs, string columns)
    {
        if (!nodes.SeveralThreads)
        {
            string joined = nodes.Node("Reshape", "joined", [products, nodes.Integers(0, Products, -1)]);
            string both = nodes.Shared("output", [Tile * Tile, Products], WinogradTransform.Output);
            return nodes.Interleave(nodes.Node("MatMul", "tiles", [both, joined]), Tile, outputs, columns);
        }
        string down = nodes.Shared("output_rows", [Tile, Window], WinogradTransform.OutputRows);
        string across = nodes.Shared("output_columns", [Window, Tile], WinogradTransform.OutputColumns);
        string value = nodes.Node("Reshape", "joined", [products, nodes.Integers(0, Window, -1)]);
        value = nodes.Node("MatMul", "tile_rows", [down, value]);
        value = nodes.Node("Reshape", "split", [value, nodes.Integers(0, Tile, Window, -1)]);
        return nodes.Rows(nodes.TransposedProduct("tiles", value, across), Tile, outputs, columns);
    }

    // [N, C, H, W] to [N, 36, C, rows of tiles, columns of tiles]. The window of the last tile ends within the zeros,
    // wherever the image ends.
    private static string Windows(RewritingNodes nodes, ConvolutionNode convolution, string image, string sides)
    {
        var (top, left, bottom, right) = convolution.Padding;
        string deep = nodes.Node(
            "Concat",
            "deep_shape",
            [nodes.Integers(-1, 1, convolution.Inputs), sides],
            RewritingNodes.Axis(0)
        );
        string kernel = nodes.Shared("input", [Products, 1, 1, Window, Window], WinogradTransform.Input);
        return nodes.Node(
            "Conv",
            "windows",
            [nodes.Node("Reshape", "deep", [image, deep]), kernel],
            OnnxAttribute.Integers("kernel_shape", 1, Window, Window),
            OnnxAttribute.Integers("strides", 1, Tile, Tile),
            OnnxAttribute.Integers("pads", 0, top, left, 0, bottom + Tile - 1, right + Tile - 1)
        );
    }

    // Where the size of the result is no multiple of the tile, the rest of the last tiles is cut off. Where it is one,
    // cutting nothing off would copy the whole image; so would a Reshape within the branch.
    private static void Finish(
        RewritingNodes nodes,
        ConvolutionNode convolution,
        (string Rows, string Width) rows,
        string windows,
        string sides,
        string output
    )
    {
        var (top, left, bottom, right) = convolution.Padding;
        string full = nodes.Node("Mul", "full", [nodes.Sides("grid", windows, 3, 4), nodes.Integers(Tile)]);
        string size = nodes.Node("Add", "size", [sides, nodes.Integers(top + bottom - 2, left + right - 2)]);
        string rest = nodes.Node(
            "ReduceMax",
            "rest",
            [nodes.Node("Sub", "difference", [full, size])],
            OnnxAttribute.Integer("keepdims", 0)
        );
        string isWhole = nodes.Node("Equal", "is_whole", [rest, nodes.Scalar(0)]);
        string kept = nodes.Name("kept"),
            moved = nodes.Name("moved"),
            placed = nodes.Name("placed"),
            cut = nodes.Name("cut");
        string placedShape = nodes.Name("placed_shape");
        string finished = nodes.Node(
            "If",
            "finished",
            [isWhole],
            Branch("then_branch", [RewritingNodes.Move(rows.Rows, kept)], kept),
            Branch(
                "else_branch",
                [
                    RewritingNodes.Move(rows.Rows, moved),
                    OnnxNode.Of(
                        "Concat",
                        [nodes.Integers(0, convolution.Outputs, 1, -1), rows.Width],
                        placedShape,
                        RewritingNodes.Axis(0)
                    ),
                    OnnxNode.Of("Reshape", [moved, placedShape], placed),
                    .. nodes.Cut(placed, size, 5, cut),
                ],
                cut
            )
        );
        string shape = nodes.Node(
            "Concat",
            "finished_shape",
            [nodes.Integers(0, convolution.Outputs), size],
            RewritingNodes.Axis(0)
        );
        nodes.NodeTo(output, "Reshape", [finished, shape]);
    }

    // Up to version 10 of ONNX's operators, both branches must give as many dimensions: 5, one of which is split or 1.
    private static AttributeProto Branch(string name, NodeProto[] nodes, string output) =>
        new()
        {
            Name = name,
            G = new()
            {
                Name = name,
                Node = { nodes },
                Output = { OnnxValue.Of(new(output, OnnxElementType.Float, [.. new OnnxDimension[5]])) },
            },
            Type = AttributeProto.Types.AttributeType.Graph,
        };
}
