using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms;

/// <summary>What ONNX Runtime says, without the places in its own source that it says it at.</summary>
internal static partial class RuntimeMessage
{
    /// <summary>The message of a failure, on one line.</summary>
    public static string Of(OnnxRuntimeException exception) => Clean(exception.Message);

    /// <inheritdoc cref="Of"/>
    internal static string Clean(string message)
    {
        while (Place().Match(message) is { Success: true } place)
        {
            // After file and line comes the whole declaration of a function: up to its last parenthesis.
            int depth = 0,
                end = place.Index + place.Length;
            for (int i = message.IndexOf('(', end); i >= 0 && i < message.Length; i++)
            {
                depth += message[i] switch
                {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                if (depth > 0)
                    continue;
                end = i + 1;
                break;
            }
            message = message[..place.Index] + message[end..].TrimStart();
        }
        return Lines().Replace(message, " ").Trim();
    }

    [GeneratedRegex(@"\S*onnxruntime\S*\.(cc|h|cpp|cu):\d+ ")]
    private static partial Regex Place();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex Lines();
}
