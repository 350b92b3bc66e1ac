using System.Runtime.ExceptionServices;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The image of a row on its way: read, then translated on another thread. What fails on the way fails for whoever asks
/// for the result.
/// </summary>
internal sealed class RowImage
{
    // A task, for whoever waits for it on a thread of the pool: the pool makes up for that thread at once.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TranslatedImage? _result;
    private ExceptionDispatchInfo? _failure;

    /// <param name="source">What is to be translated; null where the row has no image.</param>
    public RowImage(TranslationSource? source)
    {
        Source = source;
        if (source is null)
            Finish(null);
    }

    /// <summary>What is to be translated; null where there is nothing left to do.</summary>
    public TranslationSource? Source { get; private set; }

    /// <summary>Reads the image of the input's current row.</summary>
    public static RowImage Read(SourceGetter getter)
    {
        try
        {
            return new(getter.Read());
        }
        catch (Exception exception)
        {
            var image = new RowImage(null);
            image.Fail(exception);
            return image;
        }
    }

    /// <summary>Takes the result.</summary>
    public void Finish(TranslatedImage? result)
    {
        _result = result;
        Source = null;
        _done.TrySetResult();
    }

    /// <summary>Takes what went wrong.</summary>
    public void Fail(Exception exception)
    {
        _failure = ExceptionDispatchInfo.Capture(exception);
        Source = null;
        _done.TrySetResult();
    }

    /// <summary>Waits for the result: null where the row has no image.</summary>
    public TranslatedImage? Result()
    {
        _done.Task.Wait();
        _failure?.Throw();
        return _result;
    }
}
