namespace MlNetImageTranslation.Export;

/// <summary>
/// A convolution with few output channels, such as the last of a generator. ONNX Runtime's kernels compute 8 or 16
/// channels at a time, most of which are thrown away then; here the pixels of 2x2 blocks are the channels of a
/// convolution with stride 2 and a kernel one larger.
/// </summary>
internal static class NarrowConvolution
{
    private const int Block = 2;

    // What the kernels take at a time: 8 channels with AVX2, 16 with AVX-512.
    private const int Channels = 8;

    // What the gain must be beyond, on the machine with less of it.
    private const double Worthwhile = 0.85;

    /// <summary>Whether a convolution can be computed so.</summary>
    public static bool Fits(ConvolutionNode convolution) => !convolution.IsTransposed && convolution.HasStride(1);

    /// <summary>Whether that is faster for a result of that size.</summary>
    public static bool Pays(ConvolutionNode convolution, long height, long width)
    {
        var (rows, columns) = convolution.Kernel;
        double direct = Filled(convolution.Outputs) * rows * columns;
        double blocks = Filled(Block * Block * convolution.Outputs) * (rows + 1.0) * (columns + 1) / (Block * Block);
        return convolution.Inputs >= 16
            && convolution.Outputs <= Channels / 2
            && height * width >= 32 * 32
            && blocks < Worthwhile * direct;
    }

    /// <summary>Writes the convolution.</summary>
    public static void Write(RewritingNodes nodes, ConvolutionNode convolution, float[] weights, float[]? bias)
    {
        var (outputs, (rows, columns)) = (convolution.Outputs, convolution.Kernel);
        var (top, left, bottom, right) = convolution.Padding;
        string image = convolution.Node.Input[0];
        string kernel = nodes.Constant(
            "weights",
            [Block * Block * outputs, convolution.Inputs, rows + 1, columns + 1],
            Shifted(convolution, weights)
        );
        string[] inputs = bias is null
            ? [image, kernel]
            : [image, kernel, nodes.Constant("bias", [Block * Block * outputs], [.. bias, .. bias, .. bias, .. bias])];
        string blocks = nodes.Node(
            "Conv",
            "blocks",
            [.. inputs],
            OnnxAttribute.Integers("kernel_shape", rows + 1, columns + 1),
            OnnxAttribute.Integers("strides", Block, Block),
            OnnxAttribute.Integers("pads", top, left, bottom + 1, right + 1)
        );
        string whole = nodes.Node("DepthToSpace", "whole", [blocks], OnnxAttribute.Integer("blocksize", Block));
        string size = nodes.Node(
            "Add",
            "size",
            [nodes.Sides("sides", image, 2, 3), nodes.Integers(top + bottom + 1 - rows, left + right + 1 - columns)]
        );
        nodes.Add(nodes.Cut(whole, size, 4, convolution.Node.Output[0]));
    }

    private static double Filled(int channels) => Math.Ceiling(channels / (double)Channels) * Channels;

    // The kernel at each of the four places within one that is larger by a row and a column.
    private static float[] Shifted(ConvolutionNode convolution, float[] weights)
    {
        var (outputs, inputs, (rows, columns)) = (convolution.Outputs, convolution.Inputs, convolution.Kernel);
        int from = rows * columns,
            to = (rows + 1) * (columns + 1);
        var result = new float[Block * Block * outputs * inputs * to];
        for (int place = 0; place < Block * Block; place++)
        for (int pair = 0; pair < outputs * inputs; pair++)
        for (int row = 0; row < rows; row++)
            weights
                .AsSpan(pair * from + row * columns, columns)
                .CopyTo(
                    result.AsSpan(
                        (place * outputs * inputs + pair) * to + (row + place / Block) * (columns + 1) + place % Block
                    )
                );
        return result;
    }
}
