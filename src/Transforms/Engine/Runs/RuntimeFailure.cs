using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>What an exception of a run says about whose fault it was.</summary>
internal static partial class RuntimeFailure
{
    // ONNX Runtime 1.31 has no code for this, and its exceptions show their code in the message only. Codes that say
    // something else rule it out; for the rest, what its allocators and CUDA's libraries say is what is left.
    private static readonly string[] s_otherCodes =
    [
        "InvalidArgument",
        "NoSuchFile",
        "NoModel",
        "InvalidProtobuf",
        "ModelLoaded",
        "NotImplemented",
        "InvalidGraph",
        "ModelRequiresCompilation",
    ];

    private static readonly string[] s_memory =
    [
        "bad_alloc",
        "bad allocation",
        "bad array new length",
        "Failed to allocate memory",
        "out of memory",
        "is smaller than requested bytes",
        "CUDA_ERROR_OUT_OF_MEMORY",
        "CUBLAS_STATUS_ALLOC_FAILED",
        "CUDNN_STATUS_ALLOC_FAILED",
        "Cannot allocate memory",
    ];

    /// <summary>
    /// Whether memory was missing: with nothing else under way there may be enough, and if not, the image is too large.
    /// </summary>
    public static bool IsMemory(Exception exception) =>
        exception is OutOfMemoryException or RunTooLargeException
        || (RuntimeExceptionOf(exception) is { } failure && SaysMemory(failure.Message));

    /// <summary>Whether the runtime failed for another reason: the model's failure, whatever the image.</summary>
    public static bool IsOfTheModel(Exception exception) =>
        RuntimeExceptionOf(exception) is not null && !IsMemory(exception);

    /// <summary>Whether a message of ONNX Runtime's says that memory was missing.</summary>
    internal static bool SaysMemory(string message)
    {
        if (s_otherCodes.Any(code => message.StartsWith($"[ErrorCode:{code}]", StringComparison.Ordinal)))
            return false;
        // What a model calls its nodes says nothing.
        string words = NodeName().Replace(message, "");
        return Array.Exists(s_memory, text => words.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    private static OnnxRuntimeException? RuntimeExceptionOf(Exception exception) =>
        exception as OnnxRuntimeException ?? exception.InnerException as OnnxRuntimeException;

    [GeneratedRegex(@"Name:'[^']*'|""[^""]*""")]
    private static partial Regex NodeName();
}
