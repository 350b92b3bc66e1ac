namespace MlNetImageTranslation.Transforms;

/// <summary>How far the work on a folder is.</summary>
/// <param name="Translated">Images translated in this run.</param>
/// <param name="Skipped">Images left alone because their output was there.</param>
/// <param name="Failed">Images that could not be read or translated.</param>
/// <param name="Total">Images in this machine's share of the folder.</param>
/// <param name="Elapsed">Time since the work began.</param>
public sealed record FolderTranslationProgress(int Translated, int Skipped, int Failed, int Total, TimeSpan Elapsed)
{
    /// <summary>
    /// The path, below the input folder, of the image that this report is about; null where it is about none.
    /// </summary>
    public string? Image { get; init; }

    /// <summary>The path of its translation below the output folder; null where there is none.</summary>
    public string? Output { get; init; }

    /// <summary>What was wrong with the image that this report is about; null where nothing was.</summary>
    public string? Failure { get; init; }

    /// <summary>
    /// In words, what lies among the images and is none of them by its extension, such as
    /// <c>3 files of other extensions (such as 'notes.txt')</c>; null where nothing does, or where
    /// <see cref="FolderTranslationOptions.Include"/> says what is meant.
    /// </summary>
    public string? LeftOut { get; init; }

    /// <summary>Images translated or failed per second.</summary>
    public double ImagesPerSecond => Elapsed > TimeSpan.Zero ? (Translated + Failed) / Elapsed.TotalSeconds : 0;

    /// <summary>Time left at this speed; null where nothing is done yet.</summary>
    public TimeSpan? Remaining =>
        Translated + Failed > 0
            ? Elapsed * ((double)(Total - Skipped - Translated - Failed) / (Translated + Failed))
            : null;
}
