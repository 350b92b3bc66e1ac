namespace MlNetImageTranslation.Transforms;

/// <summary>How far the work on a folder is.</summary>
/// <param name="Translated">Pictures translated in this run.</param>
/// <param name="Skipped">Pictures left alone because their output was there.</param>
/// <param name="Failed">Pictures that could not be read or translated.</param>
/// <param name="Total">Pictures in this machine's share of the folder.</param>
/// <param name="Elapsed">Time since the work began.</param>
public sealed record FolderTranslationProgress(int Translated, int Skipped, int Failed, int Total, TimeSpan Elapsed)
{
    /// <summary>What was wrong with the picture that this report is about; null where nothing was.</summary>
    public string? Failure { get; init; }

    /// <summary>Pictures translated or failed per second.</summary>
    public double PicturesPerSecond => Elapsed > TimeSpan.Zero ? (Translated + Failed) / Elapsed.TotalSeconds : 0;

    /// <summary>Time left at this speed; null where nothing is done yet.</summary>
    public TimeSpan? Remaining => Translated + Failed > 0 ? Elapsed * ((double)(Total - Skipped - Translated - Failed) / (Translated + Failed)) : null;
}
