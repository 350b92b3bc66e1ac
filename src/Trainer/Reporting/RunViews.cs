namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Keeps the report of a run and, on request, TensorBoard's event file up to date during training, and passes progress
/// on. What goes wrong here costs a warning, never the run.
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
    private bool _boardFailed;
    private bool _pageFailed;
    private TrainingProgress? _last;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _last = value;
        if (value.Event == TrainingEvent.Finished)
            _finished = true;
        if (tensorBoard && !_boardFailed)
            Attempt("TensorBoard's file", () => WriteEvents(value), ref _boardFailed);
        // A new grid is worth a page at once.
        if (
            value.Event is TrainingEvent.Samples
            || value.Event is TrainingEvent.Epoch && DateTime.UtcNow - _written > s_pause
        )
            WritePage();
        next?.Report(value);
    }

    /// <summary>Writes the last page.</summary>
    public void Dispose()
    {
        Attempt("TensorBoard's file", () => _board?.Dispose(), ref _boardFailed);
        WritePage();
    }

    private void WriteEvents(TrainingProgress value)
    {
        switch (value.Event)
        {
            case TrainingEvent.Started:
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
        }
    }

    private void WritePage()
    {
        _written = DateTime.UtcNow;
        Attempt("The report", () => RunReport.Write(runFolder, _finished), ref _pageFailed);
    }

    // One warning for each failure, not one for each attempt of a disk that stays full.
    private void Attempt(string what, Action write, ref bool failed)
    {
        try
        {
            write();
            failed = false;
        }
        catch (Exception exception)
        {
            if (!failed && _last is not null)
                next?.Report(
                    _last with
                    {
                        Event = TrainingEvent.Warning,
                        Message = $"{what} could not be written: {exception.Message}",
                    }
                );
            failed = true;
        }
    }
}
