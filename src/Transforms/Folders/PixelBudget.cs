namespace MlNetImageTranslation.Transforms;

/// <summary>Lets pictures pass as long as those under way have no more pixels than allowed; one that is larger by itself passes alone.</summary>
internal sealed class PixelBudget(long limit)
{
    private readonly object _lock = new();
    private long _used;

    public void Take(long pixels, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(() =>
        {
            lock (_lock) Monitor.PulseAll(_lock);
        });
        lock (_lock)
        {
            while (_used > 0 && _used + pixels > limit)
            {
                cancellation.ThrowIfCancellationRequested();
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
