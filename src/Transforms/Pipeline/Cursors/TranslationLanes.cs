namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Translates images in the background, in the order in which they come: as many at a time as the engine has runs, in
/// batches where it has those. A lane takes the next images as soon as it has a run to spare, so that no core waits for
/// another.
/// </summary>
internal sealed class TranslationLanes(TranslationEngine engine)
{
    private readonly Lock _lock = new();
    private readonly Queue<RowImage> _waiting = [];
    private readonly int _batchSize = engine.PreferredBatch / engine.ParallelRuns;
    private TaskCompletionSource? _stopped;
    private int _running;
    private bool _ranDry;

    /// <summary>Whether there is one image only, which gets all threads.</summary>
    public bool Alone { get; set; }

    /// <summary>Whether a lane has found nothing to do since this was asked.</summary>
    public bool RanDry()
    {
        lock (_lock)
        {
            bool ranDry = _ranDry;
            _ranDry = false;
            return ranDry;
        }
    }

    /// <summary>Adds an image; one that is finished stays as it is.</summary>
    public void Add(RowImage image)
    {
        if (image.Source is null)
            return;
        lock (_lock)
            _waiting.Enqueue(image);
    }

    /// <summary>Sees to it that images are translated from now on.</summary>
    public void Start()
    {
        lock (_lock)
            for (int left = _waiting.Count; left > 0 && _running < engine.ParallelRuns; left -= _batchSize)
            {
                _running++;
                _ = Task.Run(Run);
            }
    }

    /// <summary>Gives up what has not begun, and waits for what has.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _waiting.Clear();
            if (_running == 0)
                return;
            _stopped ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        _stopped.Task.Wait();
    }

    private void Run()
    {
        while (Take() is { } images)
            Translate(images);
    }

    private List<RowImage>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0)
            {
                var images = new List<RowImage>(_batchSize);
                while (images.Count < _batchSize && _waiting.TryDequeue(out var image))
                    images.Add(image);
                return images;
            }
            _ranDry = true;
            if (--_running == 0)
                _stopped?.TrySetResult();
            return null;
        }
    }

    private void Translate(List<RowImage> images)
    {
        try
        {
            TranslationSource[] sources = [.. images.Select(image => image.Source!)];
            var results = Alone
                ? [engine.TranslateOne(sources[0], ResultForm.MLImage)]
                : engine.TranslateAmongMany(sources, ResultForm.MLImage);
            for (int i = 0; i < images.Count; i++)
                images[i].Finish(results[i]);
        }
        catch (Exception exception)
            when (exception is not (ObjectDisposedException or OutOfMemoryException) && images.Count > 1)
        {
            // One bad image must not take its neighbours with it.
            foreach (var image in images)
                Translate([image]);
        }
        catch (Exception exception)
        {
            foreach (var image in images)
                image.Fail(exception);
        }
    }
}
