using System.Text;
using System.Text.RegularExpressions;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Which files below a folder are meant: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders. A pattern
/// without a slash is about names in any folder.
/// </summary>
internal sealed class PathPatterns
{
    private readonly Regex[] _patterns;

    public PathPatterns(IEnumerable<string> patterns) => _patterns = [.. patterns.Select(ToRegex)];

    public bool IsEmpty => _patterns.Length == 0;

    /// <summary>Whether the path (with forward slashes) is meant by one of them.</summary>
    public bool Match(string path) => Array.Exists(_patterns, pattern => pattern.IsMatch(path));

    private static Regex ToRegex(string pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern))
            throw new ArgumentException("A pattern for file names is empty.", nameof(pattern));
        pattern = pattern.Replace('\\', '/');
        if (!pattern.Contains('/'))
            pattern = "**/" + pattern;
        var regex = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith("**/"))
            {
                regex.Append("(?:[^/]+/)*");
                i += 2;
            }
            else if (pattern.AsSpan(i).StartsWith("**"))
            {
                regex.Append(".*");
                i++;
            }
            else
                regex.Append(
                    pattern[i] switch
                    {
                        '*' => "[^/]*",
                        '?' => "[^/]",
                        var c => Regex.Escape(c.ToString()),
                    }
                );
        }
        return new(regex.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
