using System.Runtime.ExceptionServices;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms;

/// <summary>One image on its way through the model, padded on the way in and cut out on the way out.</summary>
internal sealed class RunRequest(SourcePixels source, ImagePadding padding)
{
    private RgbImage? _result;
    private ExceptionDispatchInfo? _failure;

    public ImagePadding Padding => padding;

    /// <summary>Whether somebody runs it or has run it. Guarded by the queue's lock.</summary>
    public bool Taken { get; set; }

    public bool IsDone { get; private set; }

    /// <summary>Whether it can go in one batch with the other.</summary>
    public bool Fits(RunRequest other) =>
        padding.PaddedHeight == other.Padding.PaddedHeight && padding.PaddedWidth == other.Padding.PaddedWidth;

    public void Write(Span<byte> padded) => padding.Pad(source.Samples, padded);

    public void Read(ReadOnlySpan<byte> padded, ImageScale scale)
    {
        var result = RgbImage.Uninitialized(padding.Width * scale, padding.Height * scale);
        padding.Crop(padded, result.Pixels, scale);
        _result = result;
    }

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

    /// <summary>Waits for the result, or throws what went wrong.</summary>
    public RgbImage Result()
    {
        lock (this)
            while (!IsDone)
                Monitor.Wait(this);
        _failure?.Throw();
        return _result!;
    }
}
