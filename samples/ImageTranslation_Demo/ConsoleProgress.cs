using System.Diagnostics;
using MlNetImageTranslation.Trainer;

namespace ImageTranslation_Demo;

/// <summary>Prints the trainer's progress every ten seconds or so: readable on a terminal and in a file.</summary>
internal sealed class ConsoleProgress(Action<string> say) : IProgress<TrainingProgress>
{
    private readonly Stopwatch _sinceLast = new();

    public void Report(TrainingProgress progress)
    {
        if (progress.Event == TrainingEvent.Warning)
            say($"  warning: {progress.Message}");
        if (progress.Event != TrainingEvent.Step)
            return;
        if (_sinceLast.IsRunning && _sinceLast.Elapsed.TotalSeconds < 10 && progress.Step < progress.TotalSteps)
            return;
        _sinceLast.Restart();
        var losses = string.Join("  ", progress.Losses.Select(loss => $"{loss.Key} {loss.Value:0.00}"));
        var left = progress.Remaining is { } time ? $"  {time:m\\:ss} left" : "";
        say(
            $"  step {progress.Step, 5}/{progress.TotalSteps}  {losses}  {progress.ImagesPerSecond:0.0} images/s{left}"
        );
    }
}
