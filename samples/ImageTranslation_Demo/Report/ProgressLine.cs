using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.Trainer;

namespace ImageTranslation_Demo.Report;

/// <summary>Prints the trainer's progress every ten seconds or so: readable on a terminal and in a file.</summary>
internal sealed class ProgressLine(Action<string> say) : IProgress<TrainingProgress>
{
    /// <summary>What the demo should take at most; a machine that needs longer is told so.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private bool _first = true;

    public void Report(TrainingProgress progress)
    {
        switch (progress.Event)
        {
            case TrainingEvent.Warning:
                say($"  warning: {progress.Message}");
                break;
            case TrainingEvent.Step when IsTime(progress):
                _sinceLast.Restart();
                Say(progress);
                break;
        }
    }

    private bool IsTime(TrainingProgress progress) =>
        _first || _sinceLast.Elapsed > TimeSpan.FromSeconds(10) || progress.Step == progress.TotalSteps;

    private void Say(TrainingProgress progress)
    {
        var losses = string.Join("  ", progress.Losses.Select(loss => Text($"{loss.Key} {loss.Value:0.00}")));
        var left = progress.Remaining is { } time ? Text($"{time:m\\:ss} left") : "";
        say(
            Text($"  epoch {progress.Epoch}/{progress.TotalEpochs}  step {progress.Step, 5}/{progress.TotalSteps}")
                + Text($"  {losses}  {progress.ImagesPerSecond:0.0} images/s  {left}")
        );
        if (_first && progress.Remaining > s_patience)
        {
            var steps = (int)(progress.TotalSteps * (s_patience / 2 / progress.Remaining.Value)) / 100 * 100;
            say(
                Text(
                    $"  This machine is slow or busy: about {progress.Remaining.Value.TotalMinutes:0} minutes at this speed."
                ) + Text($" Ctrl+C and `./demo.sh --steps {Math.Max(100, steps)}` for a shorter run with worse images.")
            );
        }
        _first = false;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
