using System.Runtime.ExceptionServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The way back through functions of our own. libtorch calls them, and cannot pass on what they throw: it is thrown when
/// libtorch has come back.
/// </summary>
internal static class Backward
{
    [ThreadStatic]
    private static ExceptionDispatchInfo? t_failure;

    /// <summary>
    /// <see cref="torch.autograd.backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>. Unlike
    /// torch.autograd.grad, whose C++ exceptions (out of memory, say) end the process, it lets errors come back.
    /// </summary>
    /// <param name="tensors">What is differentiated.</param>
    /// <param name="inputs">By what; the gradients are added to theirs.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated themselves.</param>
    public static void Run(Tensor tensors, IList<Tensor> inputs, bool createGraph = false)
    {
        t_failure = null;
        torch.autograd.backward(
            [tensors],
            [torch.ones_like(tensors)],
            retain_graph: createGraph,
            create_graph: createGraph,
            inputs: inputs
        );
        var failure = t_failure;
        t_failure = null;
        failure?.Throw();
    }

    /// <summary>What a function returns to libtorch.</summary>
    /// <param name="arguments">How many arguments the function has.</param>
    /// <param name="gradients">Computes their gradients.</param>
    public static List<Tensor> Guard(int arguments, Func<List<Tensor>> gradients)
    {
        try
        {
            return gradients();
        }
        catch (Exception exception)
        {
            t_failure ??= ExceptionDispatchInfo.Capture(exception);
            return [.. new Tensor[arguments]];
        }
    }
}
