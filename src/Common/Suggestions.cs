namespace MlNetImageTranslation;

/// <summary>What somebody may have meant who misspelled a name.</summary>
internal static class Suggestions
{
    /// <summary>Such as <c> Did you mean '--epochs'?</c>, or nothing where no name is near.</summary>
    public static string For(string word, IEnumerable<string> names)
    {
        // A part of the name, or a few wrong letters.
        string[] near =
        [
            .. names
                .Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
                .Where(pair => pair.Distance <= Math.Max(1, Bare(word).Length / 3))
                .OrderBy(pair => pair.Distance)
                .ThenBy(pair => pair.Name, StringComparer.Ordinal)
                .Take(2)
                .Select(pair => $"'{pair.Name}'"),
        ];
        return near.Length == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    private static string Bare(string word) => word.TrimStart('-');

    // Letters inserted, left out, replaced, or two in each other's place.
    private static int Distance(string a, string b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        for (int j = 0; j <= b.Length; j++)
        {
            if (i == 0 || j == 0)
            {
                table[i, j] = i + j;
                continue;
            }
            int replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
        }
        return table[a.Length, b.Length];
    }
}
