using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>What an exception of a run says about whose fault it was.</summary>
internal static class RuntimeFailure
{
    // ONNX Runtime gives its failures no code for this: what is left is what its allocators say.
    private static readonly string[] s_memory =
    [
        "bad_alloc",
        "bad allocation",
        "Failed to allocate memory",
        "out of memory",
    ];

    /// <summary>
    /// Whether memory was missing: with nothing else under way there may be enough, and if not, the image is too large.
    /// </summary>
    public static bool IsMemory(Exception exception) =>
        exception is OutOfMemoryException
        || (
            RuntimeExceptionOf(exception) is { } failure
            && Array.Exists(s_memory, text => failure.Message.Contains(text, StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>Whether the runtime failed for another reason: the model's failure, whatever the image.</summary>
    public static bool IsOfTheModel(Exception exception) =>
        RuntimeExceptionOf(exception) is not null && !IsMemory(exception);

    private static OnnxRuntimeException? RuntimeExceptionOf(Exception exception) =>
        exception as OnnxRuntimeException ?? exception.InnerException as OnnxRuntimeException;
}
