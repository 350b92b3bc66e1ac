using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>Looks through image files before training and leaves out bad ones.</summary>
internal static class DataCheck
{
    /// <summary>The pairs without bad ones. Pairs that are in memory or in a store were decoded before.</summary>
    /// <exception cref="InvalidDataException">There are bad ones and the policy is to fail, or nothing is
    /// left.</exception>
    public static ImagePairs Filter(
        ImagePairs pairs,
        string name,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        var bad = Find(
            [.. Enumerable.Range(0, pairs.Count).SelectMany(pairs.FilesOf)],
            name,
            pairs.IsSideBySide,
            options,
            progress
        );
        return bad.Count == 0
            ? pairs
            : pairs.Subset(Keep(pairs.Count, name, index => !pairs.FilesOf(index).Any(bad.Contains)));
    }

    /// <summary>The images without bad ones.</summary>
    /// <exception cref="InvalidDataException">There are bad ones and the policy is to fail, or nothing is
    /// left.</exception>
    public static ImageSet Filter(
        ImageSet images,
        string name,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        var bad = Find([.. Enumerable.Range(0, images.Count).Select(images.NameOf)], name, false, options, progress);
        return bad.Count == 0
            ? images
            : images.Subset(Keep(images.Count, name, index => !bad.Contains(images.NameOf(index))));
    }

    private static int[] Keep(int count, string name, Func<int, bool> good)
    {
        var kept = Enumerable.Range(0, count).Where(good).ToArray();
        return kept.Length > 0
            ? kept
            : throw new InvalidDataException($"There is nothing to train on: all images of the {name} part are bad.");
    }

    private static HashSet<string> Find(
        IReadOnlyList<string> names,
        string part,
        bool sideBySide,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress
    )
    {
        string[] files = options.BadImages == BadImages.Ignore ? [] : [.. names.Where(File.Exists)];
        if (files.Length == 0)
            return [];
        var report = DatasetScanner.Scan([new DatasetPart(part, files, IsSideBySide: sideBySide)]);
        if (options.BadImages == BadImages.Fail)
            report.ThrowIfBad();
        var bad = report
            .Problems.Where(problem =>
                problem.ShouldSkip
                && (options.BadImages == BadImages.Skip || problem.Kind == DatasetProblemKind.Unreadable)
            )
            .ToArray();
        foreach (var problem in bad)
            progress?.Report(
                new()
                {
                    Event = TrainingEvent.Warning,
                    Step = 0,
                    TotalSteps = 0,
                    Epoch = 1,
                    TotalEpochs = options.Epochs + options.DecayEpochs,
                    Message = $"'{problem.File}' is left out: {problem.Detail}",
                }
            );
        return [.. bad.Select(problem => problem.File)];
    }
}
