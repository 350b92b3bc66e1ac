using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Looks through image files before training, leaves out bad ones, and says what is left out and what looks wrong.
/// </summary>
internal static class DataCheck
{
    /// <summary>The pairs without bad ones. Pairs that are in memory or in a store were decoded before.</summary>
    /// <exception cref="InvalidDataException">There are bad ones and the policy is to fail, or nothing is
    /// left.</exception>
    public static ImagePairs Filter(
        ImagePairs pairs,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        var kept = FindGood(pairs, part, options, progress);
        return kept.Length == pairs.Count ? pairs : pairs.Subset(RequireSome(kept, pairs.Count, part));
    }

    /// <summary>The images without bad ones.</summary>
    /// <inheritdoc cref="Filter(ImagePairs, string, TrainingOptions, IProgress{TrainingProgress}?)"/>
    public static ImageSet Filter(
        ImageSet images,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        var kept = FindGood(images, part, options, progress);
        return kept.Length == images.Count ? images : images.Subset(RequireSome(kept, images.Count, part));
    }

    /// <summary>
    /// The pairs of a part that is only reported on, without bad ones; null where none is left, which ends no run.
    /// </summary>
    /// <exception cref="InvalidDataException">There are bad ones and the policy is to fail.</exception>
    public static ImagePairs? FilterForReports(
        ImagePairs pairs,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        var kept = FindGood(pairs, part, options, progress);
        return kept.Length == pairs.Count ? pairs
            : IsAnyLeft(kept, part, options, progress) ? pairs.Subset(kept)
            : null;
    }

    /// <summary>The images of a part that is only reported on; null where none is left.</summary>
    /// <inheritdoc cref="FilterForReports(ImagePairs, string, TrainingOptions, IProgress{TrainingProgress}?)"/>
    public static ImageSet? FilterForReports(
        ImageSet images,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        var kept = FindGood(images, part, options, progress);
        return kept.Length == images.Count ? images
            : IsAnyLeft(kept, part, options, progress) ? images.Subset(kept)
            : null;
    }

    private static int[] RequireSome(int[] kept, int count, string part) =>
        kept.Length > 0
            ? kept
            : throw new InvalidDataException(
                $"There is nothing to train on: all {count} images of the {part} part are bad. The warnings before say "
                    + "why."
            );

    private static bool IsAnyLeft(
        int[] kept,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        if (kept.Length == 0)
            progress.Warn(options, $"The {part} part is not used: all of its images are bad.");
        return kept.Length > 0;
    }

    private static int[] FindGood(
        ImagePairs pairs,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    ) => FindGood(pairs.Count, pairs.FilesOf, pairs.IsSideBySide, pairs.DescribeLeftOut(part), part, options, progress);

    private static int[] FindGood(
        ImageSet images,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    ) => FindGood(images.Count, i => [images.NameOf(i)], false, images.DescribeLeftOut(part), part, options, progress);

    /// <summary>The indices of the good ones, after everything was said about the others.</summary>
    private static int[] FindGood(
        int count,
        Func<int, IReadOnlyList<string>> filesOf,
        bool sideBySide,
        string? leftOut,
        string part,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        if (leftOut is not null)
            progress.Warn(options, leftOut);
        int[] all = [.. Enumerable.Range(0, count)];
        if (options.BadImages == BadImages.Ignore)
            return all;
        string[] files = [.. all.SelectMany(filesOf).Where(File.Exists)];
        if (files.Length == 0)
            return all;
        var report = DatasetReport.Scan(part, files, sideBySide);
        if (options.BadImages == BadImages.Fail)
            report.ThrowIfBad();
        var bad = FindBad(report, options, progress);
        return [.. all.Where(index => !filesOf(index).Any(bad.Contains))];
    }

    private static HashSet<string> FindBad(
        DatasetReport report,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        var bad = new HashSet<string>();
        foreach (var problem in report.Problems)
        {
            bool isBad =
                problem.Kind == DatasetProblemKind.Unreadable
                || (problem.ShouldSkip && options.BadImages == BadImages.Skip);
            if (isBad)
                bad.Add(problem.File);
            if (isBad)
                progress.Warn(options, $"'{problem.File}' is left out: {problem.Detail}");
            else if (problem.Kind == DatasetProblemKind.NarrowRange)
                progress.Warn(options, $"'{problem.File}': {problem.Detail}");
        }
        return bad;
    }
}
