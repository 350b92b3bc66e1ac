using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>How an implementation numbers the layers of its ResNet generator.</summary>
/// <param name="Block">What it calls the layers within a residual block.</param>
/// <param name="Halving">Layers from one halving of the image to the next.</param>
/// <param name="Step">Layers from one enlargement of the image to the next.</param>
/// <param name="Lead">Layers without weights before the convolution of an enlargement.</param>
internal sealed record ResNetLayout(string Block, int Halving, int Step, int Lead)
{
    /// <summary>Transposed convolution, norm, ReLU: pytorch-CycleGAN-and-pix2pix, pix2pixHD.</summary>
    public static ResNetLayout Transposed { get; } = new("conv_block", 3, 3, 0);

    /// <summary>Upsampling, padding, convolution, norm, ReLU: resize convolutions in the same naming.</summary>
    public static ResNetLayout Resized { get; } = new("conv_block", 3, 5, 2);

    /// <summary>Upsampling, zero-padded convolution, norm, ReLU: PyTorch-GAN.</summary>
    public static ResNetLayout PyTorchGan { get; } = new("block", 3, 4, 1);

    /// <summary>
    /// Convolution, norm, ReLU, blur to halve; upsampling, convolution, norm, ReLU to enlarge: the antialiased ResNet
    /// of CUT.
    /// </summary>
    public static ResNetLayout Antialiased { get; } = new("conv_block", 4, 4, 1);

    /// <summary>Whether images are blurred where they are resized.</summary>
    public bool IsAntialiased => this == Antialiased;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResNetLayout> All { get; } = [Transposed, Resized, PyTorchGan, Antialiased];

    /// <summary>The layout of a network.</summary>
    public static ResNetLayout Of(NetworkGraph graph) =>
        graph.Layers.Any(layer => layer is BlurLayer) ? Antialiased
        : !graph.Layers.Any(layer => layer is UpsamplingLayer) ? Transposed
        : graph.Layers.Any(IsZeroPadding) ? PyTorchGan
        : Resized;

    /// <summary>The network with the layers that this layout stands for.</summary>
    /// <param name="graph">A ResNet of the catalog, with resize convolutions where the layout has them.</param>
    public NetworkGraph Apply(NetworkGraph graph) =>
        this != PyTorchGan
            ? graph
            : new(
                graph.Name,
                graph.Input,
                [
                    .. graph.Layers.Select(layer =>
                        layer is PaddingLayer padding && IsEnlargement(padding)
                            ? padding with
                            {
                                Mode = PaddingMode.Zero,
                            }
                            : layer
                    ),
                ]
            );

    private static bool IsZeroPadding(Layer layer) => layer is PaddingLayer { Mode: PaddingMode.Zero };

    private static bool IsEnlargement(PaddingLayer layer) => layer.Name.StartsWith("up", StringComparison.Ordinal);
}
