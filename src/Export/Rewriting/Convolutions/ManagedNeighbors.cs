namespace MlNetImageTranslation.Export;

/// <summary>What <see cref="ManagedOperator"/> computes along with a convolution.</summary>
/// <param name="Padding">The padding before it, if any.</param>
/// <param name="Activation">The activation after it, if any.</param>
internal sealed record ManagedNeighbors(ReflectionPadding? Padding, ConvolutionActivation? Activation)
{
    /// <summary>The nodes that the graph then goes without.</summary>
    public IEnumerable<NodeProto> Nodes => new[] { Padding?.Node, Activation?.Node }.OfType<NodeProto>();

    /// <summary>Those of a convolution: nobody else reads what is between it and them.</summary>
    public static ManagedNeighbors Of(ConvolutionNode convolution, ValueUsage usage, GraphConstants constants)
    {
        var node = convolution.Node;
        bool mayReflect =
            !convolution.IsTransposed && convolution.Padding == default && usage.OnlyReader(node.Input[0]) is not null;
        return new(
            mayReflect ? ReflectionPadding.Of(usage.MakerOf(node.Input[0]), constants) : null,
            ConvolutionActivation.Of(usage.OnlyReader(node.Output[0]))
        );
    }
}
