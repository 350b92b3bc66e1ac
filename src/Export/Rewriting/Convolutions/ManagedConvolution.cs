namespace MlNetImageTranslation.Export;

/// <summary>
/// A convolution, or a transposed one, by <see cref="ManagedOperator"/>: this library's own code, with a quarter to two
/// fifths of the multiplications (Winograd's minimal filtering). It pads by reflection, adds a bias and applies an
/// activation.
/// </summary>
internal static class ManagedConvolution
{
    /// <summary>Whether a convolution can be computed so.</summary>
    public static bool Fits(ConvolutionNode convolution)
    {
        var (height, width) = convolution.Kernel;
        return height == width
            && StrideOf(convolution) is { } stride
            && (height, stride) is (3, 1) or (4, 1) or (3, 2) or (4, 2)
            && (!convolution.IsTransposed || FitsTransposed(convolution, stride));
    }

    /// <summary>Writes the convolution.</summary>
    /// <param name="nodes">What collects nodes.</param>
    /// <param name="convolution">The convolution.</param>
    /// <param name="hasBias">Whether its bias is added.</param>
    /// <param name="neighbors">What is computed along with it.</param>
    public static void Write(
        RewritingNodes nodes,
        ConvolutionNode convolution,
        bool hasBias,
        ManagedNeighbors neighbors
    )
    {
        var node = convolution.Node;
        var (top, left, bottom, right) = neighbors.Padding?.Padding ?? convolution.Padding;
        nodes.NodeOf(
            ManagedOperator.Domain,
            neighbors.Activation?.Node.Output[0] ?? node.Output[0],
            ManagedOperator.Type,
            [neighbors.Padding?.Node.Input[0] ?? node.Input[0], .. node.Input.Skip(1).Take(hasBias ? 2 : 1)],
            OnnxAttribute.Integer(ManagedOperator.Inputs, convolution.Inputs),
            OnnxAttribute.Integer(ManagedOperator.Outputs, convolution.Outputs),
            OnnxAttribute.Integer(ManagedOperator.Kernel, convolution.Kernel.Height),
            OnnxAttribute.Integer(ManagedOperator.Stride, StrideOf(convolution)!.Value),
            OnnxAttribute.Integer(ManagedOperator.Top, top),
            OnnxAttribute.Integer(ManagedOperator.Left, left),
            OnnxAttribute.Integer(ManagedOperator.Bottom, bottom - Added(convolution, 0)),
            OnnxAttribute.Integer(ManagedOperator.Right, right - Added(convolution, 1)),
            OnnxAttribute.Integer(ManagedOperator.Reflects, neighbors.Padding is null ? 0 : 1),
            OnnxAttribute.Integer(ManagedOperator.Transposed, convolution.IsTransposed ? 1 : 0),
            OnnxAttribute.Float(ManagedOperator.Slope, neighbors.Activation?.Slope ?? 1),
            OnnxAttribute.Integer(ManagedOperator.Threads, nodes.Threads)
        );
    }

    private static int? StrideOf(ConvolutionNode convolution) =>
        convolution.HasStride(1) ? 1
        : convolution.HasStride(2) ? 2
        : null;

    // Rows and columns that a transposed convolution adds at the end: its kernels must reach them.
    private static bool FitsTransposed(ConvolutionNode convolution, int stride)
    {
        int reached = (convolution.Kernel.Height + stride - 1) / stride * stride - convolution.Kernel.Height;
        return convolution.Node.Find("auto_pad")?.S.ToStringUtf8() is null or "" or "NOTSET"
            && Added(convolution, 0) - convolution.Padding.Bottom <= reached
            && Added(convolution, 1) - convolution.Padding.Right <= reached;
    }

    private static int Added(ConvolutionNode convolution, int side) =>
        convolution.IsTransposed ? convolution.Number("output_padding", side) : 0;
}
