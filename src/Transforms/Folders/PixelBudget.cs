namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Lets images pass as long as those under way have no more pixels than allowed; one that is larger by itself passes
/// alone.
/// </summary>
internal sealed class PixelBudget(long limit)
{
    private readonly object _lock = new();
    private long _used;

    public void Take(long pixels, CancellationToken cancellationToken)
    {
        using var wake = cancellationToken.Register(() =>
        {
            lock (_lock)
                Monitor.PulseAll(_lock);
        });
        lock (_lock)
        {
            while (_used > 0 && _used + pixels > limit)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(_lock);
            }
            _used += pixels;
        }
    }

    public void Return(long pixels)
    {
        lock (_lock)
        {
            _used -= pixels;
            Monitor.PulseAll(_lock);
        }
    }
}
