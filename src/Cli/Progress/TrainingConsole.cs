using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using static MlNetImageTranslation.Cli.Durations;

namespace MlNetImageTranslation.Cli;

/// <summary>Shows a run: a bar on a terminal, line by line elsewhere.</summary>
/// <param name="output">Where lines go.</param>
/// <param name="terminal">The terminal, where there is one.</param>
/// <param name="reword">Puts a warning in the words of the command line.</param>
internal sealed class TrainingConsole(
    TextWriter output,
    TerminalProgress? terminal = null,
    Func<string, string>? reword = null
) : IProgress<TrainingProgress>
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (terminal is null)
        {
            if (Line(value) is { } line)
            {
                output.WriteLine(line);
            }

            return;
        }

        if (value.Event == TrainingEvent.Step)
        {
            terminal.Show(
                Invariant($"epoch {value.Epoch}/{value.TotalEpochs}"),
                value.Step,
                value.TotalSteps,
                value.ImagesPerSecond,
                value.Remaining,
                Invariant($"step {value.Step}/{value.TotalSteps}  {Losses(value)}{Wait(value)}")
            );
        }
        else if (Line(value) is { } line)
        {
            terminal.WriteLine(line);
        }
    }

    /// <summary>Prints what came out.</summary>
    public static void Finish(TrainingResult result, string runFolder, TextWriter output)
    {
        if (result.StoppedEarly)
        {
            output.WriteLine($"Stopped early after {Count(result.Epochs, "epoch")}.");
        }

        if (result.BestEpoch is { } best)
        {
            output.WriteLine(
                Invariant($"Best validation L1 {result.BestL1:f2} in epoch {best} ")
                    + $"(imt export {runFolder} --epoch best --output best.onnx)."
            );
        }

        if (result.ModelFiles.Count == 0 && RecordedRun.Find(runFolder) is { IsCoGan: true })
        {
            output.WriteLine(
                $"No model is exported of CoGAN: 'imt translate --model {runFolder}' translates with the run."
            );
        }

        foreach (string file in result.ModelFiles)
        {
            output.WriteLine($"Model: {file}");
        }
    }

    private string? Line(TrainingProgress value) =>
        value.Event switch
        {
            TrainingEvent.Started => Invariant(
                $"Training {value.Run}: {Count(value.TotalEpochs, "epoch")}, {Count(value.TotalSteps, "step")}{More(value)}."
            ),
            TrainingEvent.Step => Invariant(
                $"epoch {value.Epoch}/{value.TotalEpochs} step {value.Step}/{value.TotalSteps}  {Losses(value)}  "
            )
                + Invariant($"{value.ImagesPerSecond:f2} images/s{Wait(value)}  ")
                + (value.Remaining is { } left ? Left(left) : ""),
            TrainingEvent.Validation => Invariant($"epoch {value.Epoch} validation  {Scores(value.Validation!.Value)}"),
            TrainingEvent.Samples => $"samples: {value.Message}",
            TrainingEvent.Checkpoint => Invariant($"checkpoint after step {value.Step}"),
            TrainingEvent.Warning => $"warning: {reword?.Invoke(value.Message!) ?? value.Message}",
            TrainingEvent.Finished => value.Message is null
                ? $"Finished after {Count(value.Step, "step")}."
                : Invariant($"Nothing to do: {value.Message}."),
            _ => null,
        };

    private static string Count(long number, string one) => Invariant($"{number} {one}{(number == 1 ? "" : "s")}");

    private static string More(TrainingProgress value) => value.Message is null ? "" : ", " + value.Message;

    private static string Scores(ImageScores scores) =>
        Invariant($"L1 {scores.L1:f2}  PSNR {scores.Psnr:f2} dB  SSIM {scores.Ssim:f4}");

    private static string Losses(TrainingProgress value) =>
        string.Join(' ', value.Losses.Select(loss => Invariant($"{loss.Key} {loss.Value:f3}")));

    private static string Wait(TrainingProgress value) =>
        value.DataWaitShare < 0.02 ? "" : Invariant($" ({value.DataWaitShare:p0} waiting for images)");
}
