namespace MlNetImageTranslation.Datasets;

/// <summary>Some images of a dataset that play one role.</summary>
/// <param name="Name">As folders are called: train, val, test, trainA, valB …</param>
/// <param name="Files">The image files.</param>
/// <param name="IsSideBySide">Whether each file is a pair, A at left and B at right.</param>
internal sealed record DatasetPart(string Name, IReadOnlyList<string> Files, bool IsSideBySide)
{
    /// <summary>What lies among the images and is not used.</summary>
    internal IReadOnlyList<LeftOutFiles> LeftOut { get; init; } = [];

    /// <summary>The store that the images are in, under the names in <see cref="Files"/>; null where they are
    /// files.</summary>
    internal string? Store { get; init; }

    /// <summary>Whether the images are learned from (all that is not called val or test).</summary>
    public bool IsTraining =>
        !Name.StartsWith("val", StringComparison.Ordinal) && !Name.StartsWith("test", StringComparison.Ordinal);
}
