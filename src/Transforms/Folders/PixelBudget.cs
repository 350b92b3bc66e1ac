namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Lets images pass as long as those under way have no more pixels than allowed; one that is larger by itself passes
/// alone.
/// </summary>
internal sealed class PixelBudget(long limit)
{
    private readonly long _limit = limit;
    private readonly object _lock = new();
    private long _used;

    /// <summary>A share of nothing yet.</summary>
    public Share NewShare(CancellationToken cancellationToken) => new(this, cancellationToken);

    private void Take(long pixels, CancellationToken cancellationToken)
    {
        using var wake = cancellationToken.Register(() =>
        {
            lock (_lock)
                Monitor.PulseAll(_lock);
        });
        lock (_lock)
        {
            while (_used > 0 && _used + pixels > _limit)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(_lock);
            }
            _used += pixels;
        }
    }

    private void Return(long pixels)
    {
        lock (_lock)
        {
            _used -= pixels;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>What one image has taken; disposing gives it back.</summary>
    public sealed class Share(PixelBudget budget, CancellationToken cancellationToken) : IDisposable
    {
        private long _taken;

        /// <summary>Waits until there is room for so many pixels.</summary>
        public void Take(long pixels)
        {
            Dispose();
            budget.Take(pixels, cancellationToken);
            _taken = pixels;
        }

        /// <summary>Waits until nothing else is under way, and keeps it so.</summary>
        public void TakeAll() => Take(budget._limit);

        public void Dispose()
        {
            if (_taken > 0)
            {
                budget.Return(_taken);
            }

            _taken = 0;
        }
    }
}
