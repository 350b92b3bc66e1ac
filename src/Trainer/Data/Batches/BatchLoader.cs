namespace MlNetImageTranslation.Trainer;

/// <summary>Makes batches ahead of the training thread, several at once, and hands them out in order.</summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly SampleSource _samples;
    private readonly BatchOrder _order;
    private readonly int _sourceChannels,
        _targetChannels,
        _multiple,
        _ahead;
    private readonly Queue<Task<Batch>> _queue = new();
    private long _epoch;
    private int _batch;

    /// <summary>
    /// Begins at a place in the run. Sides of images must be multiples of <paramref name="multiple"/>.
    /// </summary>
    public BatchLoader(
        SampleSource samples,
        BatchOrder order,
        int sourceChannels,
        int targetChannels,
        int multiple,
        long epoch,
        int batch
    )
    {
        (_samples, _order, _sourceChannels, _targetChannels, _multiple, _epoch, _batch) = (
            samples,
            order,
            sourceChannels,
            targetChannels,
            multiple,
            epoch,
            batch
        );
        _ahead = Math.Clamp(Environment.ProcessorCount, 2, 8);
    }

    /// <summary>The next batch. The caller disposes it.</summary>
    public Batch Next()
    {
        while (_queue.Count < _ahead)
            _queue.Enqueue(Start());
        return _queue.Dequeue().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        while (_queue.TryDequeue(out var task))
            try
            {
                task.GetAwaiter().GetResult().Dispose();
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or FormatException
                            or InvalidDataException
                            or UnauthorizedAccessException
                            or ArgumentException
                )
            {
                // An image of a batch that nobody wants any more cannot be read.
            }
    }

    private Task<Batch> Start()
    {
        var samples = _order.Samples(_epoch, _batch);
        if (++_batch == _order.BatchesPerEpoch)
            (_epoch, _batch) = (_epoch + 1, 0);
        return Task.Run(() =>
            new Batch(
                Array.ConvertAll(samples, sample => _samples.Training(sample.Index, sample.Number)),
                _sourceChannels,
                _targetChannels,
                _multiple
            )
        );
    }
}
