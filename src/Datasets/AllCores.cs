using System.Runtime.ExceptionServices;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Parallel loops that fail with the first exception itself, as a plain loop would, not with a collection of them.
/// </summary>
internal static class AllCores
{
    public static void For(int count, CancellationToken cancellationToken, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    public static void ForEach<T>(IReadOnlyList<T> items, CancellationToken cancellationToken, Action<T> body) =>
        For(items.Count, cancellationToken, i => body(items[i]));
}
