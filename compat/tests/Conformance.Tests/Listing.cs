namespace MlNetImageTranslation.Conformance.Tests;

/// <summary>Lines of the real package's surface.</summary>
internal sealed class Listing
{
    private readonly HashSet<string> _lines;
    private readonly Dictionary<string, string> _declarations = new(StringComparer.Ordinal);

    public Listing(IEnumerable<string> lines)
    {
        _lines = [.. lines];
        foreach (var line in _lines) if (IsDeclaration(line, out var head, out _)) _declarations[head] = line;
    }

    /// <summary>The real line that allows <paramref name="line"/>: the same one, or for a type one with at least the same bases.</summary>
    public string? Allowing(string line)
    {
        if (_lines.Contains(line)) return line;
        if (!IsDeclaration(line, out var head, out var bases) || !_declarations.TryGetValue(head, out var real)) return null;
        IsDeclaration(real, out _, out var realBases);
        return bases.All(realBases.Contains) ? real : null;
    }

    /// <summary>Splits "Type | class : A, B" into "Type | class" and the bases.</summary>
    private static bool IsDeclaration(string line, out string head, out IReadOnlyList<string> bases)
    {
        int bar = line.IndexOf(" | ", StringComparison.Ordinal) + 3;
        int colon = line.IndexOf(" : ", bar, StringComparison.Ordinal);
        head = colon < 0 ? line : line[..colon];
        bases = colon < 0 ? [] : TopLevel(line[(colon + 3)..]);
        return head[bar..] is "class" or "abstract class" or "sealed class" or "static class" or "struct" or "interface" or "enum" or "delegate";
    }

    private static List<string> TopLevel(string list)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i <= list.Length; i++)
        {
            if (i < list.Length && list[i] == '<') depth++;
            if (i < list.Length && list[i] == '>') depth--;
            if (i < list.Length && (list[i] != ',' || depth > 0)) continue;
            parts.Add(list[start..i].Trim());
            start = i + 1;
        }
        return parts;
    }
}
