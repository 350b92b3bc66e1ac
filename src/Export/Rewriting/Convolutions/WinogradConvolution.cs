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
        string joined = nodes.Node("Reshape", "joined", [products, nodes.Integers(0, Products, -1)]);
        string back = nodes.Shared("output", [Tile * Tile, Products], WinogradTransform.Output);
        string tiles = nodes.Node("MatMul", "tiles", [back, joined]);
        string columns = nodes.Sides("columns", windows, 4);
        var rows = nodes.Interleave(tiles, Tile, outputs, columns);
        Finish(nodes, convolution, rows, windows, sides, bias is null ? output : nodes.Name("whole"));
        if (bias is not null)
            nodes.NodeTo(output, "Add", [nodes.Name("whole"), nodes.Constant("bias", [outputs, 1, 1], bias)]);
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
    // cutting nothing off would copy the whole image.
    private static void Finish(
        RewritingNodes nodes,
        ConvolutionNode convolution,
        (string Rows, string Shape) rows,
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
            placed = nodes.Name("placed"),
            cut = nodes.Name("cut");
        nodes.NodeTo(
            output,
            "If",
            [isWhole],
            Branch("then_branch", nodes.Place(rows, kept, "kept"), kept, convolution.Outputs),
            Branch(
                "else_branch",
                [.. nodes.Place(rows, placed), .. nodes.Cut(placed, size, cut)],
                cut,
                convolution.Outputs
            )
        );
    }

    private static AttributeProto Branch(string name, NodeProto[] nodes, string output, int channels) =>
        new()
        {
            Name = name,
            G = new()
            {
                Name = name,
                Node = { nodes },
                Output = { OnnxValue.Of(new(output, OnnxElementType.Float, [default, channels, default, default])) },
            },
            Type = AttributeProto.Types.AttributeType.Graph,
        };
}
