using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Reports a run through ML.NET's channels (<c>MLContext.Log</c>). ML.NET gives third parties no public way from a
/// catalog to its environment, so it is looked up by name; where that fails the run is silent, and nothing else
/// changes.
/// </summary>
internal sealed class TrainingChannel : IProgress<TrainingProgress>, IDisposable
{
    private readonly IProgress<TrainingProgress>? _next;
    private readonly IChannel? _channel;

    public TrainingChannel(TransformsCatalog catalog, string name, IProgress<TrainingProgress>? next)
    {
        _next = next;
        var environment =
            typeof(TransformsCatalog)
                .GetField("_env", BindingFlags.Instance | BindingFlags.NonPublic)
                ?.GetValue(catalog) as IHostEnvironment;
        _channel = environment?.Register(name).Start("Fit");
    }

    public void Report(TrainingProgress progress)
    {
        if (_channel is not null)
            Write(_channel, progress);
        _next?.Report(progress);
    }

    public void Dispose() => _channel?.Dispose();

    private static void Write(IChannel channel, TrainingProgress progress)
    {
        string at = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch} of {progress.TotalEpochs}, step {progress.Step} of {progress.TotalSteps}"
        );
        switch (progress.Event)
        {
            case TrainingEvent.Warning:
                channel.Warning(MessageSensitivity.None, "{0}", progress.Message!);
                break;
            case TrainingEvent.Step:
                string losses = string.Join(
                    ", ",
                    progress.Losses.Select(loss =>
                        string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:f3}")
                    )
                );
                channel.Info(
                    MessageSensitivity.None,
                    "{0}: {1}, {2}",
                    at,
                    losses,
                    string.Create(CultureInfo.InvariantCulture, $"{progress.ImagesPerSecond:f2} images/s")
                );
                break;
            case TrainingEvent.Validation:
                var scores = progress.Validation!.Value;
                channel.Info(
                    MessageSensitivity.None,
                    "{0}: {1}",
                    at,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"validation L1 {scores.L1:f2}, PSNR {scores.Psnr:f2} dB, SSIM {scores.Ssim:f4}"
                    )
                );
                break;
            default:
                channel.Trace(MessageSensitivity.None, "{0}: {1} {2}", at, progress.Event, progress.Message ?? "");
                break;
        }
    }
}
