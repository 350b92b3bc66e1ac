using System.CommandLine.Parsing;

namespace MlNetImageTranslation.Cli;

/// <summary>Values of options out of what stands on the command line.</summary>
internal static class Tokens
{
    /// <summary>
    /// Reads the only token of an option; an error that names it as it was typed, what was expected and what came,
    /// where that fails.
    /// </summary>
    public static T Parse<T>(ArgumentResult argument, Func<string, object?> read, string expected)
    {
        string text = argument.Tokens[0].Value;
        if (read(text) is { } value)
            return (T)value;
        var option = argument.Parent as OptionResult;
        string? name = option?.IdentifierToken?.Value ?? option?.Option.Name;
        string? instead = ReferenceOptions.InsteadOfValue(option?.Option.Name ?? "", text);
        argument.AddError($"{name}: expected {expected}, but got '{text}'.{(instead is null ? "" : " " + instead)}");
        return default!;
    }
}
