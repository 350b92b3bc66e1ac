using System.Text.RegularExpressions;

namespace ImageTranslation_Web;

/// <summary>Reads what a model makes of what from a name in the field's habit: <c>horse2zebra</c>.</summary>
internal static partial class ModelNames
{
    /// <summary><c>horse → zebra</c>; null where the name does not say.</summary>
    public static string? Describe(string name) =>
        Pattern().Match(name) is { Success: true } match
            ? $"{Words(match.Groups["from"].Value)} → {Words(match.Groups["to"].Value)}"
            : null;

    [GeneratedRegex("^(?<from>[a-z][a-z_-]*[a-z])(2|[_-]to[_-])(?<to>[a-z][a-z_-]*[a-z])$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();

    private static string Words(string name) => name.Replace('_', ' ').Replace('-', ' ');
}
