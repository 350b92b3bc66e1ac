using System.CommandLine.Parsing;

namespace MlNetImageTranslation.Cli;

/// <summary>Values of options out of what stands on the command line.</summary>
internal static class Tokens
{
    /// <summary>
    /// Reads the only token of an option; an error that names it, what was expected and what came, where that fails.
    /// </summary>
    public static T Parse<T>(ArgumentResult argument, Func<string, object?> read, string expected)
    {
        string text = argument.Tokens[0].Value;
        if (read(text) is { } value)
            return (T)value;
        argument.AddError($"{(argument.Parent as OptionResult)?.Option.Name}: expected {expected}, but got '{text}'.");
        return default!;
    }
}
