namespace MlNetImageTranslation.Datasets;

/// <summary>Folders that data tools write to.</summary>
internal static class OutputFolder
{
    /// <summary>
    /// Makes the folder where it is missing, unless it is one that is read: results have the names of what they are
    /// made from and would replace it.
    /// </summary>
    /// <exception cref="ArgumentException">The folder is one of the inputs.</exception>
    public static void Create(string output, params ReadOnlySpan<string> inputs)
    {
        foreach (string input in inputs)
            if (FullPath(input) == FullPath(output))
                throw new ArgumentException(
                    $"Folder '{output}' is read and would be written to as well; expected another output folder, so "
                        + $"that no original is replaced.",
                    nameof(output)
                );
        Directory.CreateDirectory(output);
    }

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
