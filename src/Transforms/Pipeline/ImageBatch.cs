using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>The images of rows read ahead, translated together in the background.</summary>
internal sealed class ImageBatch(SourceGetter getter, TranslationEngine engine, int rows)
{
    private readonly TranslationSource?[] _sources = new TranslationSource?[rows];
    private readonly RgbImage?[] _results = new RgbImage[rows];
    private readonly ExceptionDispatchInfo?[] _failures = new ExceptionDispatchInfo[rows];
    private int _count;
    private Task? _translation;
    private TaskCompletionSource _allTaken = NewSignal();

    /// <summary>How long the translation took; null before its end.</summary>
    public TimeSpan? Time { get; private set; }

    /// <summary>Ends when all images are translated or being translated.</summary>
    public Task AllTaken => _allTaken.Task;

    /// <summary>Waits for the translation that is under way, and forgets the images.</summary>
    public void Clear()
    {
        _translation?.ContinueWith(_ => { }, TaskContinuationOptions.ExecuteSynchronously).Wait();
        (_translation, Time) = (null, null);
        _allTaken = NewSignal();
        Array.Clear(_sources);
        Array.Clear(_results);
        Array.Clear(_failures);
        _count = 0;
    }

    /// <summary>Reads the image of the input's current row.</summary>
    public void Read(int row)
    {
        _count = row + 1;
        Try(row, () => _sources[row] = getter.Read());
    }

    /// <summary>Begins to translate, unless that was begun already.</summary>
    /// <param name="after">What has to end first: those who were there before are not kept waiting.</param>
    public Task Translate(Task? after = null) =>
        _translation ??= (after ?? Task.CompletedTask).ContinueWith(
            _ => TranslateAll(),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );

    /// <summary>
    /// A new image, the caller's, of the translation of a row; null where the row has no image. Waits for the
    /// translation.
    /// </summary>
    public MLImage? Translated(int row)
    {
        Translate().GetAwaiter().GetResult();
        _failures[row]?.Throw();
        return _results[row]?.ToMLImage();
    }

    private void TranslateAll()
    {
        long start = Stopwatch.GetTimestamp();
        int[] present = [.. Enumerable.Range(0, _count).Where(row => _sources[row] is not null)];
        try
        {
            var results = engine.Translate(
                Array.ConvertAll(present, row => _sources[row]!.Value),
                allTaken: () => _allTaken.TrySetResult()
            );
            for (int i = 0; i < present.Length; i++)
                _results[present[i]] = results[i];
        }
        catch (Exception exception)
            when (exception is not (ObjectDisposedException or OutOfMemoryException) && present.Length > 1)
        {
            // One bad image must not take its neighbours with it.
            foreach (int row in present)
            {
                var source = _sources[row]!.Value;
                Try(row, () => _results[row] = engine.TranslateOne(source));
            }
        }
        finally
        {
            Array.Clear(_sources);
            Time = Stopwatch.GetElapsedTime(start);
            _allTaken.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Try(int row, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            _failures[row] = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
