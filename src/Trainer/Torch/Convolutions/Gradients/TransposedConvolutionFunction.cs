using static TorchSharp.torch.autograd;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// <see cref="WinogradOperators.Transpose"/> to autograd: of what is read, weight, bias or null, and the convolution's
/// shape.
/// </summary>
internal sealed class TransposedConvolutionFunction : SingleTensorFunction<TransposedConvolutionFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(TransposedConvolutionFunction);

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext context, params object[] arguments)
    {
        var saved = new SavedConvolution(context, arguments);
        return saved.Call.Compute(shape =>
            WinogradOperators.Of(shape).Transpose(shape, saved.First, saved.Second, saved.Bias)
        );
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext context, Tensor gradient) =>
        SavedConvolution.Back(
            context,
            gradient,
            saved =>
                [
                    saved.Wants(0) ? ConvolutionFunction.Run(saved.Shape, gradient, saved.Second, null) : null,
                    saved.Wants(1) ? WeightGradientFunction.Run(saved.Shape, gradient, saved.First) : null,
                    saved.Wants(2) ? gradient.sum([0, 2, 3]) : null,
                ]
        );

    /// <summary>The transposed convolution, with gradients where they are wanted.</summary>
    public static Tensor Run(WinogradShape shape, Tensor x, Tensor weight, Tensor? bias) =>
        ConvolutionCall.Run(
            shape,
            [x, weight, bias],
            () => WinogradOperators.Of(shape).Transpose(shape, x, weight, bias),
            call => apply(x, weight, bias!, call)
        );
}
