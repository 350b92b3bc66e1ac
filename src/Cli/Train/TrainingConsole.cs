using System.Globalization;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>Prints a run line by line: reads as well in a file as on a terminal.</summary>
internal sealed class TrainingConsole(TextWriter output) : IProgress<TrainingProgress>
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (Line(value) is { } line)
            output.WriteLine(line);
    }

    /// <summary>Prints what came out.</summary>
    public void Finish(TrainingResult result)
    {
        if (result.StoppedEarly)
            output.WriteLine($"Stopped early after {Count(result.Epochs, "epoch")}.");
        if (result.BestEpoch is { } best)
            output.WriteLine(
                Invariant($"Best validation L1 {result.BestL1:f2} in epoch {best} (imt export RUN --epoch best).")
            );
        foreach (string file in result.ModelFiles)
            output.WriteLine($"Model: {file}");
    }

    private static string? Line(TrainingProgress value) =>
        value.Event switch
        {
            TrainingEvent.Started => Invariant(
                $"Training {value.Run}: {Count(value.TotalEpochs, "epoch")}, {Count(value.TotalSteps, "step")}{(value.Message is null ? "" : ", " + value.Message)}."
            ),
            TrainingEvent.Step => Invariant(
                $"epoch {value.Epoch}/{value.TotalEpochs} step {value.Step}/{value.TotalSteps}  {Losses(value)}  {value.ImagesPerSecond:f2} images/s{Wait(value)}  {Left(value.Remaining)}"
            ),
            TrainingEvent.Validation => Invariant(
                $"epoch {value.Epoch} validation  L1 {value.Validation!.Value.L1:f2}  PSNR {value.Validation.Value.Psnr:f2} dB  SSIM {value.Validation.Value.Ssim:f4}"
            ),
            TrainingEvent.Samples => $"samples: {value.Message}",
            TrainingEvent.Checkpoint => Invariant($"checkpoint after step {value.Step}"),
            TrainingEvent.Warning => $"warning: {value.Message}",
            TrainingEvent.Finished => value.Message is null
                ? $"Finished after {Count(value.Step, "step")}."
                : Invariant($"Nothing to do: {value.Message}."),
            _ => null,
        };

    private static string Count(long number, string one) => Invariant($"{number} {one}{(number == 1 ? "" : "s")}");

    private static string Losses(TrainingProgress value) =>
        string.Join(' ', value.Losses.Select(loss => Invariant($"{loss.Key} {loss.Value:f3}")));

    private static string Wait(TrainingProgress value) =>
        value.DataWaitShare < 0.02 ? "" : Invariant($" ({value.DataWaitShare:p0} waiting for images)");

    private static string Left(TimeSpan? remaining) =>
        remaining is not { } left ? ""
        : left.TotalDays >= 1 ? Invariant($"{left.Days} d {left.Hours} h left")
        : left.TotalHours >= 1 ? Invariant($"{left.Hours} h {left.Minutes} min left")
        : Invariant($"{left.Minutes} min {left.Seconds} s left");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
