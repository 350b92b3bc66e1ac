using static TorchSharp.torch.autograd;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the functions of a convolution keep for the way back: two factors, each of which the gradient of the other one
/// asks for, a bias and the shape.
/// </summary>
internal sealed class SavedConvolution : IDisposable
{
    private const string CallKey = "call",
        WantedKey = "wanted";

    // What backward returns is copied in native code after it has returned; the thread's next call frees it.
    [ThreadStatic]
    private static List<Tensor>? t_returned;

    private readonly bool[] _wanted;

    /// <summary>Keeps the arguments of a function: both factors, the bias or null, and the shape.</summary>
    public SavedConvolution(AutogradContext context, object[] arguments)
    {
        First = (Tensor)arguments[0];
        Second = (Tensor)arguments[1];
        Bias = (Tensor?)arguments[2];
        Call = (ConvolutionCall)arguments[3];
        _wanted = [First.requires_grad, Second.requires_grad, Bias is { requires_grad: true }];
        context.save_for_backward([_wanted[1] ? First : null!, _wanted[0] ? Second : null!]);
        context.save_data(CallKey, Call);
        context.save_data(WantedKey, _wanted);
    }

    // Takes out what was kept.
    private SavedConvolution(AutogradContext context)
    {
        var tensors = context.get_saved_variables();
        First = tensors[0];
        Second = tensors[1];
        Call = (ConvolutionCall)context.get_data(CallKey);
        _wanted = (bool[])context.get_data(WantedKey);
    }

    /// <summary>The first factor; on the way back only if the second one's gradient is wanted.</summary>
    public Tensor First { get; }

    /// <summary>The second factor; on the way back only if the first one's gradient is wanted.</summary>
    public Tensor Second { get; }

    /// <summary>The bias; not there on the way back.</summary>
    public Tensor? Bias { get; }

    /// <summary>The call.</summary>
    public ConvolutionCall Call { get; }

    /// <summary>The convolution's shape.</summary>
    public WinogradShape Shape => Call.Shape;

    /// <summary>Whether the gradient of an argument is wanted.</summary>
    public bool Wants(int argument) => _wanted[argument];

    /// <summary>Goes back through a function.</summary>
    /// <param name="context">What the function has kept.</param>
    /// <param name="gradient">The gradient of its result, which is freed.</param>
    /// <param name="compute">Computes the gradients of the two factors and the bias; null where none is wanted.</param>
    public static List<Tensor> Back(
        AutogradContext context,
        Tensor gradient,
        Func<SavedConvolution, Tensor?[]> compute
    ) =>
        Backward.Guard(
            4,
            () =>
            {
                using var saved = new SavedConvolution(context);
                var gradients = compute(saved);
                gradient.Dispose();
                foreach (var tensor in t_returned ?? [])
                    tensor?.Dispose();
                // None for the call.
                t_returned = [gradients[0]!, gradients[1]!, gradients[2]!, null!];
                return t_returned;
            }
        );

    /// <summary>Lets go of what was taken out.</summary>
    public void Dispose()
    {
        First?.Dispose();
        Second?.Dispose();
    }
}
