using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>A call of one of the functions of a convolution: what it is told besides tensors, and what it computed.</summary>
internal sealed class ConvolutionCall(WinogradShape shape)
{
    /// <summary>The convolution's shape.</summary>
    public WinogradShape Shape { get; } = shape;

    // The function's own handle to its result; autograd makes another one.
    private Tensor? _computed;

    /// <summary>Computes, and remembers what.</summary>
    public Tensor Compute(Func<WinogradShape, Tensor> operation)
    {
        _computed = operation(Shape);
        return _computed;
    }

    /// <summary>Runs a function, by autograd only where a gradient may be wanted.</summary>
    /// <param name="shape">The convolution's shape.</param>
    /// <param name="arguments">Its tensors.</param>
    /// <param name="compute">What it computes.</param>
    /// <param name="apply">The function for autograd.</param>
    public static Tensor Run(
        WinogradShape shape,
        ReadOnlySpan<Tensor?> arguments,
        Func<Tensor> compute,
        Func<ConvolutionCall, Tensor> apply
    )
    {
        bool wanted = false;
        foreach (var argument in arguments)
            wanted |= argument is { requires_grad: true };
        if (!wanted || !torch.is_grad_enabled())
            return compute();
        var call = new ConvolutionCall(shape);
        var result = apply(call);
        call._computed!.Dispose();
        return result;
    }
}
