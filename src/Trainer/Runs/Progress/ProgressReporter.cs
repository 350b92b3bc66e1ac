using System.Diagnostics;

namespace MlNetImageTranslation.Trainer;

/// <summary>Measures speed between reports and passes them on.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, int totalEpochs, long totalSteps)
{
    private long _last = Stopwatch.GetTimestamp(),
        _begin = Stopwatch.GetTimestamp();
    private long? _firstStep;
    private TimeSpan _waited;
    private int _images;

    /// <summary>Time spent waiting for images.</summary>
    public void AddWait(TimeSpan time) => _waited += time;

    /// <summary>Images trained on.</summary>
    public void AddImages(int count) => _images += count;

    /// <summary>Makes a report and passes it on.</summary>
    public TrainingProgress Report(
        TrainingState state,
        TrainingEvent about,
        IReadOnlyDictionary<string, float>? losses = null,
        ImageScores? validation = null,
        string? message = null,
        RunDescription? run = null
    )
    {
        _firstStep ??= state.Step;
        var report = new TrainingProgress
        {
            Event = about,
            Step = state.Step,
            TotalSteps = totalSteps,
            // At the end no epoch is under way: it is the last one that counts.
            Epoch = about == TrainingEvent.Finished ? state.Epoch : Math.Min(state.Epoch + 1, totalEpochs),
            TotalEpochs = totalEpochs,
            Run = run?.ToString(),
            Validation = validation,
            Message = message,
            Remaining = Remaining(state.Step),
        };
        if (about is TrainingEvent.Started or TrainingEvent.Step)
        {
            double seconds = Stopwatch.GetElapsedTime(_last).TotalSeconds;
            if (about == TrainingEvent.Step)
                report = report with
                {
                    Losses = losses!,
                    ImagesPerSecond = _images / Math.Max(seconds, 1e-9),
                    DataWaitShare = Math.Clamp(_waited.TotalSeconds / Math.Max(seconds, 1e-9), 0, 1),
                };
            (_last, _waited, _images) = (Stopwatch.GetTimestamp(), default, 0);
        }
        progress?.Report(report);
        return report;
    }

    private TimeSpan? Remaining(long step)
    {
        long made = step - _firstStep!.Value;
        return made <= 0 ? null : Stopwatch.GetElapsedTime(_begin) / made * Math.Max(0, totalSteps - step);
    }
}
