using static TorchSharp.torch.autograd;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// <see cref="WinogradOperators.WeightGradient"/> to autograd: of what the convolution reads, the gradient of its
/// result, and its shape.
/// </summary>
internal sealed class WeightGradientFunction : SingleTensorFunction<WeightGradientFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(WeightGradientFunction);

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext context, params object[] arguments)
    {
        var saved = new SavedConvolution(context, arguments);
        return saved.Call.Compute(shape =>
            WinogradOperators.Of(shape).WeightGradient(shape, saved.First, saved.Second)
        );
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext context, Tensor gradient) =>
        SavedConvolution.Back(
            context,
            gradient,
            saved =>
                [
                    saved.Wants(0)
                        ? TransposedConvolutionFunction.Run(saved.Shape, saved.Second, gradient, null)
                        : null,
                    saved.Wants(1) ? ConvolutionFunction.Run(saved.Shape, saved.First, gradient, null) : null,
                    null,
                ]
        );

    /// <summary>The gradient of the weights, with gradients of its own where they are wanted.</summary>
    public static Tensor Run(WinogradShape shape, Tensor x, Tensor gradient) =>
        ConvolutionCall.Run(
            shape,
            [x, gradient],
            () => WinogradOperators.Of(shape).WeightGradient(shape, x, gradient),
            call => apply(x, gradient, null!, call)
        );
}
