using System.Runtime.ExceptionServices;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms;

/// <summary>One image on its way through the model, padded on the way in and cut out on the way out.</summary>
internal sealed class RunRequest(SourcePixels source, ImagePadding padding, ResultForm form = ResultForm.Rgb)
{
    private TranslatedImage? _result;
    private ExceptionDispatchInfo? _failure;

    public ImagePadding Padding => padding;

    /// <summary>Whether somebody runs it or has run it. Guarded by the queue's lock.</summary>
    public bool Taken { get; set; }

    public bool IsDone { get; private set; }

    /// <summary>Whether it can go in one batch with the other.</summary>
    public bool Fits(RunRequest other) =>
        padding.PaddedHeight == other.Padding.PaddedHeight && padding.PaddedWidth == other.Padding.PaddedWidth;

    /// <summary>What the model reads, where it is in memory already; else null.</summary>
    public byte[]? Padded => source.Padded(padding);

    public void Write(Span<byte> padded) => source.Write(padding, padded);

    public void Read(ReadOnlySpan<byte> padded, ImageScale scale) =>
        _result = TranslatedImage.Cut(padded, padding, scale, form);

    /// <summary>Wakes up whoever waits for it.</summary>
    public void Finish(Exception? failure = null)
    {
        lock (this)
        {
            if (failure is not null)
                _failure = ExceptionDispatchInfo.Capture(failure);
            IsDone = true;
            Monitor.PulseAll(this);
        }
    }

    /// <summary>Waits until nobody reads the image or writes the result any more.</summary>
    public void Wait()
    {
        lock (this)
            while (!IsDone)
                Monitor.Wait(this);
    }

    /// <summary>Waits for the result, or throws what went wrong.</summary>
    public TranslatedImage Result()
    {
        Wait();
        _failure?.Throw();
        return _result!;
    }
}
