using System.Security.Cryptography;
using System.Text;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Images are written beside their place under a hidden name and renamed when they are complete. The name says which
/// file it becomes, so that what a killed process left behind is found again by whoever writes the same files, and by
/// nobody else who writes into the same folder.
/// </summary>
public static class UnfinishedFile
{
    private const string Prefix = ".imt-";

    /// <summary>
    /// A new name beside <paramref name="path"/>, of the same extension and of the same length for all files, so that
    /// long names have one too.
    /// </summary>
    public static string NewNameFor(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.Combine(
            Path.GetDirectoryName(path) ?? "",
            $"{Prefix}{Mark(Path.GetFileName(path))}-{Guid.NewGuid():N}{Path.GetExtension(path)}"
        );
    }

    /// <summary>Deletes what killed processes left in a folder of the files that they were writing.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="names">Names, without folder, of the files meant; no other process may be writing them.</param>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public static void DeleteLeftovers(string folder, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (!Directory.Exists(folder))
            return;
        string[] found = Directory.GetFiles(folder, Prefix + "*");
        if (found.Length == 0)
            return;
        var marks = names.Select(Mark).ToHashSet(StringComparer.Ordinal);
        foreach (string file in found)
            if (Path.GetFileName(file).Split('-') is [_, var mark, _] && marks.Contains(mark))
                File.Delete(file);
    }

    private static string Mark(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
}
