using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.Trainer;

namespace ImageTranslation_Demo.Report;

/// <summary>Turns the trainer's news into a line every ten seconds or so: readable on a terminal and in a file.</summary>
internal sealed class ProgressLine(Action<string> say) : IProgress<TrainingProgress>
{
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    public void Report(TrainingProgress news)
    {
        switch (news.Event)
        {
            case TrainingEvent.Warning:
                say($"  warning: {news.Message}");
                break;
            case TrainingEvent.Step when _sinceLast.Elapsed > TimeSpan.FromSeconds(10) || news.Step == news.TotalSteps:
                _sinceLast.Restart();
                var losses = string.Join("  ", news.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:0.00}")));
                say(string.Create(CultureInfo.InvariantCulture,
                    $"  epoch {news.Epoch}/{news.TotalEpochs}  step {news.Step,5}/{news.TotalSteps}  {losses}  {news.ImagesPerSecond:0.0} images/s  {Left(news.Remaining)}"));
                break;
        }
    }

    private static string Left(TimeSpan? remaining) => remaining is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time:m\\:ss} left") : "";
}
