namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Keeps what one looks at while a run goes on up to date: its report and, on request, TensorBoard's event file. News
/// are passed on.
/// </summary>
internal sealed class RunViews(string runFolder, bool tensorBoard, IProgress<TrainingProgress>? next)
    : IProgress<TrainingProgress>,
        IDisposable
{
    // Epochs may last a second; the page is read by people.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private TensorBoardWriter? _board;
    private DateTime _written;
    private bool _finished;
    private TrainingProgress? _last;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        switch (value.Event)
        {
            case TrainingEvent.Started:
                if (tensorBoard)
                    _board ??= new(Path.Combine(runFolder, "tensorboard"), value.Step + 1);
                break;
            case TrainingEvent.Step:
                _board?.Scalars(
                    value.Step,
                    [
                        .. value.Losses.Select(loss => KeyValuePair.Create("loss/" + loss.Key, loss.Value)),
                        new("speed/images_per_second", (float)value.ImagesPerSecond),
                        new("speed/data_wait", (float)value.DataWaitShare),
                    ]
                );
                break;
            case TrainingEvent.Validation when value.Validation is { } scores:
                _board?.Scalars(
                    value.Step,
                    [
                        new("validation/l1", (float)scores.L1),
                        new("validation/psnr", (float)scores.Psnr),
                        new("validation/ssim", (float)scores.Ssim),
                    ]
                );
                break;
            case TrainingEvent.Samples when value.Message is { } file:
                _board?.Image(value.Step, "samples", file);
                break;
            case TrainingEvent.Finished:
                _finished = true;
                break;
        }
        _last = value;
        // A new grid is worth a page at once.
        if (
            value.Event is TrainingEvent.Samples
            || value.Event is TrainingEvent.Epoch && DateTime.UtcNow - _written > s_pause
        )
            Write();
        next?.Report(value);
    }

    /// <summary>Writes the last page.</summary>
    public void Dispose()
    {
        _board?.Dispose();
        Write();
    }

    private void Write()
    {
        _written = DateTime.UtcNow;
        try
        {
            RunReport.Write(runFolder, _finished);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A page is not worth a run.
            if (_last is not null)
                next?.Report(
                    _last with
                    {
                        Event = TrainingEvent.Warning,
                        Message = $"The report could not be written: {exception.Message}",
                    }
                );
        }
    }
}
