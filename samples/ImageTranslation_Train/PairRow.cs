namespace ImageTranslation_Train;

/// <summary>One row of the data view: a source image's file and its target's.</summary>
internal sealed class PairRow
{
    public string SourcePath { get; set; } = "";

    public string TargetPath { get; set; } = "";

    /// <summary>Rows for two folders whose files have the same names.</summary>
    public static IReadOnlyList<PairRow> FromFolders(string sources, string targets) =>
        [
            .. Directory
                .EnumerateFiles(sources)
                .Order(StringComparer.Ordinal)
                .Select(source => new PairRow
                {
                    SourcePath = source,
                    TargetPath = Path.Combine(targets, Path.GetFileName(source)),
                }),
        ];
}
