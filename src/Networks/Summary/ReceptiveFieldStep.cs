namespace MlNetImageTranslation.Networks;

/// <summary>One layer on the way from the network's output back to its input.</summary>
/// <param name="Layer">The layer, one that has a kernel (convolution, transposed convolution, pooling,
/// upsampling).</param>
/// <param name="Window">
/// Side of the window of this layer's input on which one value of the network's output depends. From the last layer to
/// the first, a 70x70 PatchGAN goes 4, 7, 16, 34, 70. Where several paths lead to the output, the widest counts.
/// </param>
/// <param name="Field">Side of the square of the network's input on which one value of this layer's output depends: 4,
/// 10, 22, 46, 70 from first to last.</param>
internal sealed record ReceptiveFieldStep(Layer Layer, int Window, int Field);
