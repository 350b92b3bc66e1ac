using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>Reports of a run as lines of text.</summary>
internal static class ProgressText
{
    /// <summary>One line.</summary>
    public static string Of(TrainingProgress progress) =>
        progress.Event switch
        {
            TrainingEvent.Started => Started(progress),
            TrainingEvent.Step => $"{At(progress)}: {Losses(progress)}{Speed(progress)}{Left(progress)}",
            TrainingEvent.Epoch => Text($"Epoch {progress.Epoch} of {progress.TotalEpochs} is done{Left(progress)}."),
            TrainingEvent.Validation => $"{At(progress)}: {Scores(progress.Validation)}",
            TrainingEvent.Samples => $"{At(progress)}: samples in {progress.Message}",
            TrainingEvent.Checkpoint => $"{At(progress)}: checkpoint written",
            TrainingEvent.Warning => progress.Message ?? "",
            TrainingEvent.Finished => progress.Message is { } why
                ? $"Nothing to do: {why}."
                : Text($"Finished after {Count(progress.Epoch, "epoch")} and {Count(progress.Step, "step")}."),
            _ => $"{At(progress)}: {progress.Event} {progress.Message}",
        };

    private static string Started(TrainingProgress progress) =>
        $"{(progress.Run is { } run ? run + "; " : "")}{Count(progress.TotalEpochs, "epoch")}, "
        + $"{Count(progress.TotalSteps, "step")}{(progress.Message is { } message ? ", " + message : "")}";

    private static string At(TrainingProgress progress) =>
        Text($"epoch {progress.Epoch} of {progress.TotalEpochs}, step {progress.Step} of {progress.TotalSteps}");

    private static string Losses(TrainingProgress progress) =>
        string.Join(", ", progress.Losses.Select(loss => Text($"{loss.Key} {loss.Value:f3}")));

    private static string Speed(TrainingProgress progress) => Text($", {progress.ImagesPerSecond:f2} images/s");

    private static string Left(TrainingProgress progress) =>
        progress.Remaining is not { } left ? ""
        : left.TotalDays >= 1 ? Text($", {left.Days} d {left.Hours} h left")
        : left.TotalHours >= 1 ? Text($", {left.Hours} h {left.Minutes} min left")
        : Text($", {left.Minutes} min {left.Seconds} s left");

    private static string Scores(ImageScores? scores) =>
        scores is { } known
            ? Text($"validation L1 {known.L1:f2}, PSNR {known.Psnr:f2} dB, SSIM {known.Ssim:f4}")
            : "validation";

    private static string Count(long number, string one) => Text($"{number} {one}{(number == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
