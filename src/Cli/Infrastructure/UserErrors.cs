using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Tells the caller's mistakes from the program's by the exception types that the libraries document for bad input.
/// </summary>
internal static partial class UserErrors
{
    /// <summary>The message to print, or null where the exception is not the caller's mistake.</summary>
    public static string? MessageOf(Exception exception) =>
        exception switch
        {
            UserError => exception.Message,
            ArgumentNullException => null,
            ArgumentException argument => OfArgument(argument),
            PyTorchCheckpointException => $"{exception.Message} 'imt import' turns it into an ONNX model.",
            // It may hold the message of an argument that something in a file stands for.
            FormatException or InvalidDataException or NotSupportedException => ParameterSuffix()
                .Replace(exception.Message, ""),
            IOException or UnauthorizedAccessException => exception.Message,
            // Our own libraries say by it that a folder, a device or a model is not in the state that was asked for, or
            // that the runtime refuses the model.
            InvalidOperationException { InnerException: null or OnnxRuntimeException, Source: { } source }
                when source.StartsWith("MlNetImageTranslation.", StringComparison.Ordinal) => exception.Message,
            // A native package is missing: the message names it.
            DllNotFoundException { Source: { } source }
                when source.StartsWith("MlNetImageTranslation.", StringComparison.Ordinal) => exception.Message,
            // Libraries wrap a bad model or image; the caller's part is inside.
            InvalidOperationException { InnerException: PyTorchCheckpointException inner } => MessageOf(inner),
            InvalidOperationException { InnerException: { } inner } => MessageOf(inner) is null
                ? null
                : exception.Message,
            _ => null,
        };

    // "Expected at least 1. (Parameter 'Threads')\nActual value was 0." is for programmers, and names the option last.
    private static string OfArgument(ArgumentException exception)
    {
        string message = ParameterSuffix().Replace(exception.Message, "");
        if (exception is not ArgumentOutOfRangeException { ActualValue: { } actual, ParamName: { } name })
        {
            return message;
        }

        message = ActualValue().Replace(message, "").TrimEnd('.');
        if (message.StartsWith("Expected ", StringComparison.Ordinal))
        {
            message = "e" + message[1..];
        }

        return message.Contains(name, StringComparison.Ordinal)
            ? message + "."
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {message}, but got {actual}.");
    }

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)(?=\s|$)")]
    private static partial Regex ParameterSuffix();

    [GeneratedRegex(@"\s*Actual value was .*\.$", RegexOptions.Singleline)]
    private static partial Regex ActualValue();
}
