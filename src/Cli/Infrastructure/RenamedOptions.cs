namespace MlNetImageTranslation.Cli;

/// <summary>Options that had other names in earlier versions. The old names still work; help omits them.</summary>
internal static class RenamedOptions
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["--on-bad-picture"] = "--on-bad-image",
    };

    /// <summary>The command line with the options' present names.</summary>
    public static string[] Update(IReadOnlyList<string> arguments)
    {
        string[] updated = [.. arguments];
        for (int i = 0; i < updated.Length && updated[i] != "--"; i++)
        {
            int end = updated[i].IndexOfAny(['=', ':']);
            string name = end < 0 ? updated[i] : updated[i][..end];
            if (s_names.TryGetValue(name, out string? present))
            {
                updated[i] = present + updated[i][name.Length..];
            }
        }

        return updated;
    }
}
