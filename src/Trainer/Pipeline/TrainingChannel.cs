using Microsoft.ML.Runtime;

namespace MlNetImageTranslation.Trainer;

/// <summary>Reports a run through ML.NET: its log (<c>MLContext.Log</c>) and its progress channel.</summary>
internal sealed class TrainingChannel : IProgress<TrainingProgress>, IDisposable
{
    private readonly IProgress<TrainingProgress>? _next;
    private readonly IChannel? _channel;
    private readonly IProgressChannel? _progress;
    private TrainingProgress? _last;
    private string[] _metrics = [];

    public TrainingChannel(IHostEnvironment? environment, string name, IProgress<TrainingProgress>? next)
    {
        _next = next;
        var host = environment?.Register(name);
        _channel = host?.Start("Fit");
        _progress = host?.StartProgressChannel("Fit");
    }

    public void Report(TrainingProgress progress)
    {
        if (_channel is not null)
            Write(_channel, progress);
        if (_progress is not null && progress.TotalSteps > 0)
            Count(_progress, progress);
        _next?.Report(progress);
    }

    public void Dispose()
    {
        _progress?.Dispose();
        _channel?.Dispose();
    }

    private static void Write(IChannel channel, TrainingProgress progress)
    {
        string text = progress.ToString();
        switch (progress.Event)
        {
            case TrainingEvent.Warning:
                channel.Warning(MessageSensitivity.None, "{0}", text);
                break;
            case TrainingEvent.Started:
            case TrainingEvent.Step:
            case TrainingEvent.Epoch:
            case TrainingEvent.Validation:
            case TrainingEvent.Finished:
                channel.Info(MessageSensitivity.None, "{0}", text);
                break;
            default:
                channel.Trace(MessageSensitivity.None, "{0}", text);
                break;
        }
    }

    private void Count(IProgressChannel channel, TrainingProgress progress)
    {
        if (_last is null || progress.Event == TrainingEvent.Step && _metrics.Length == 0)
        {
            _metrics = [.. progress.Losses.Keys];
            channel.SetHeader(
                new ProgressHeader(_metrics, ["epochs", "steps"]),
                entry =>
                {
                    if (_last is not { } last)
                        return;
                    entry.SetProgress(0, last.Epoch, last.TotalEpochs);
                    entry.SetProgress(1, last.Step, last.TotalSteps);
                }
            );
        }
        _last = progress;
        if (progress.Event == TrainingEvent.Step)
            channel.Checkpoint([
                .. _metrics.Select(name => (double?)progress.Losses.GetValueOrDefault(name)),
                progress.Epoch,
                progress.Step,
            ]);
    }
}
