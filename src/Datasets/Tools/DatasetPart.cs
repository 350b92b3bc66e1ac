using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Some images of a data set that play one role.</summary>
/// <param name="Name">As folders are called: train, val, test, trainA, valB …</param>
/// <param name="Files">The image files.</param>
/// <param name="IsSideBySide">Whether each file is a pair, A at left and B at right.</param>
public sealed record DatasetPart(string Name, IReadOnlyList<string> Files, bool IsSideBySide)
{
    private static readonly string[] Phases = ["train", "val", "test"];

    /// <summary>Whether the images are learned from (all that is not called val or test).</summary>
    public bool IsTraining =>
        !Name.StartsWith("val", StringComparison.Ordinal) && !Name.StartsWith("test", StringComparison.Ordinal);

    /// <summary>
    /// Finds the parts of a data set folder: train, val, test side by side; trainA, trainB, valA …; train/A, train/B;
    /// A/train, B/train; A and B; or images in the folder itself.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It has no images in any of these places.</exception>
    public static IReadOnlyList<DatasetPart> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no data folder '{folder}'.");
        var parts = new List<DatasetPart>();
        foreach (var phase in Phases)
        {
            AddIfAny(parts, phase, Path.Combine(folder, phase), sideBySide: true);
            foreach (var side in new[] { "A", "B" })
            {
                AddIfAny(parts, phase + side, Path.Combine(folder, phase + side), sideBySide: false);
                AddIfAny(parts, phase + side, Path.Combine(folder, phase, side), sideBySide: false);
                AddIfAny(parts, phase + side, Path.Combine(folder, side, phase), sideBySide: false);
            }
        }
        if (parts.Count == 0)
        {
            AddIfAny(parts, "trainA", Path.Combine(folder, "A"), sideBySide: false);
            AddIfAny(parts, "trainB", Path.Combine(folder, "B"), sideBySide: false);
        }
        if (parts.Count == 0)
            AddIfAny(parts, "train", folder, sideBySide: true);
        return parts.Count > 0
            ? parts
            : throw new InvalidDataException(
                $"Folder '{folder}' holds no images: expected some in it or in train, val, test, trainA, "
                    + $"trainB, A or B."
            );
    }

    private static void AddIfAny(List<DatasetPart> parts, string name, string folder, bool sideBySide)
    {
        if (Directory.Exists(folder) && ImageFolder.ListOrEmpty(folder) is { Count: > 0 } files)
            parts.Add(new DatasetPart(name, files, sideBySide));
    }
}
