using System.Text.RegularExpressions;

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
            ArgumentException or FormatException or InvalidDataException or NotSupportedException => WithoutParameter(
                exception.Message
            ),
            IOException or UnauthorizedAccessException => exception.Message,
            // Our own libraries say by it that a folder, a device or a model is not in the state that was asked for.
            InvalidOperationException { InnerException: null, Source: { } source }
                when source.StartsWith("MlNetImageTranslation.", StringComparison.Ordinal) => exception.Message,
            // A native package is missing: the message names it.
            DllNotFoundException { Source: { } source }
                when source.StartsWith("MlNetImageTranslation.", StringComparison.Ordinal) => exception.Message,
            // Libraries wrap a bad model or image; the caller's part is inside.
            InvalidOperationException { InnerException: { } inner } => MessageOf(inner) is null
                ? null
                : exception.Message,
            _ => null,
        };

    // "… (Parameter 'imageFolder')" is for programmers.
    private static string WithoutParameter(string message) => ParameterSuffix().Replace(message, "");

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)(?=\s|$)")]
    private static partial Regex ParameterSuffix();
}
