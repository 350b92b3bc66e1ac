using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Finds misspelled options that System.CommandLine takes for positional arguments: <c>imt summary --siez</c> would
/// look for a network of that name.
/// </summary>
internal static class UnknownOptions
{
    /// <summary>
    /// What stands where a positional argument would and looks like an option; <c>-</c>, numbers and all after
    /// <c>--</c> do not.
    /// </summary>
    public static IReadOnlyList<string> Find(ParseResult parsed) =>
        [
            .. Results(parsed.RootCommandResult)
                .OfType<ArgumentResult>()
                .Where(result => result.Parent is CommandResult)
                .SelectMany(result => result.Tokens)
                .Concat(parsed.UnmatchedTokens.Select(value => new Token(value, TokenType.Argument, null!)))
                .Where(token => !IsEscaped(parsed, token))
                .Select(token => token.Value)
                .Where(LooksLikeOption)
                .Distinct(),
        ];

    private static bool LooksLikeOption(string value) =>
        value.Length > 1
        && value[0] == '-'
        && value != "--"
        && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsEscaped(ParseResult parsed, Token token) =>
        parsed.Tokens.SkipWhile(other => other.Type != TokenType.DoubleDash).Any(other => other.Value == token.Value);

    private static IEnumerable<SymbolResult> Results(CommandResult command) =>
        command.Children.SelectMany(child => child is CommandResult below ? Results(below) : [child]);
}
