namespace MlNetImageTranslation.Trainer;

/// <summary>What <see cref="WinogradKernel{TFiltering}"/> computes, for tensors, without gradients.</summary>
internal abstract class WinogradOperators
{
    private static readonly WinogradOperators s_two = new WinogradOperators<FilteringOfTwo>(),
        s_three = new WinogradOperators<FilteringOfThree>(),
        s_four = new WinogradOperators<FilteringOfFour>();

    /// <summary>Those of convolutions of a shape.</summary>
    public static WinogradOperators Of(WinogradShape shape) =>
        shape.Taps switch
        {
            2 => s_two,
            3 => s_three,
            _ => s_four,
        };

    /// <summary>A convolution.</summary>
    /// <param name="shape">What it reads and writes.</param>
    /// <param name="x">[images, inputs, input height, input width].</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[outputs], if any.</param>
    /// <returns>[images, outputs, height, width].</returns>
    public abstract Tensor Convolve(WinogradShape shape, Tensor x, Tensor weight, Tensor? bias);

    /// <summary>The gradient of what a convolution reads, which is also the transposed convolution.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="gradient">[images, outputs, height, width].</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[inputs], if any.</param>
    /// <returns>[images, inputs, input height, input width].</returns>
    public abstract Tensor Transpose(WinogradShape shape, Tensor gradient, Tensor weight, Tensor? bias);

    /// <summary>The gradient of the weights of a convolution.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="x">[images, inputs, input height, input width].</param>
    /// <param name="gradient">[images, outputs, height, width].</param>
    /// <returns>[outputs, inputs, kernel, kernel].</returns>
    public abstract Tensor WeightGradient(WinogradShape shape, Tensor x, Tensor gradient);
}
