using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MemoryEstimate = (double Bytes, string LargestValue, double LargestBytes, double? ResultPixels, bool IsComplete);

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Refuses runs that would take more memory than allowed, before they take it. Safe to use from many threads.
/// </summary>
internal sealed class ModelMemory
{
    // What is allowed where nothing was said. Networks of this library take up to 2 kB a pixel; large ones of others,
    // with attention, several times that.
    private const double AtLeast = 1L << 30,
        PerPixel = 1 << 14,
        PerModelByte = 4;

    // Results of at most so many pixels for one that goes in count for the limit.
    private const double MostScale = 64;

    private readonly EngineModel _model;
    private readonly long? _allowed;
    private readonly Lazy<Func<ImmutableArray<int>, MemoryEstimate>?> _estimate;
    private double _watched;

    /// <param name="model">The model.</param>
    /// <param name="options">What is allowed.</param>
    public ModelMemory(EngineModel model, TranslationEngineOptions options)
    {
        _model = model;
        _allowed = options.MaxRunBytes;
        LoadTime = TimeSpan.FromSeconds(options.MaxLoadSeconds);
        _estimate = new(Read);
    }

    /// <summary>The longest that loading may take.</summary>
    public TimeSpan LoadTime { get; }

    /// <summary>
    /// How much the process may grow while the model is loaded or run, in bytes; null where every run was fully
    /// accounted for beforehand.
    /// </summary>
    public double? Watched => Volatile.Read(ref _watched) is > 0 and var bytes ? bytes : null;

    /// <summary>Checks one run.</summary>
    /// <param name="batch">Images.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="onCpu">Whether it is the machine's memory that it takes.</param>
    /// <param name="counted">Pixels of an image that count for what is allowed; null for all.</param>
    /// <exception cref="RunTooLargeException">It would take more than is allowed.</exception>
    public void Check(int batch, int height, int width, bool onCpu, double? counted = null)
    {
        if (_estimate.Value?.Invoke([batch, height, width, _model.Pixels.InputSamples]) is not { } run)
            return;
        double pixels = (double)batch * (counted ?? (double)height * width),
            results = Math.Min(batch * (run.ResultPixels ?? 0), pixels * MostScale),
            allowed =
                _allowed ?? AtLeast + PerPixel * Math.Max(pixels, results) + PerModelByte * _model.Info.FileLength;
        if (onCpu && _allowed is null)
            allowed = Math.Min(allowed, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (run.Bytes > allowed)
            throw TooLarge(
                $"would take about {Text(run.Bytes)} (the value '{run.LargestValue}' alone {Text(run.LargestBytes)})",
                $"{batch} image{(batch == 1 ? "" : "s")} of {width}x{height}",
                allowed
            );
        if (!run.IsComplete)
            Volatile.Write(ref _watched, Math.Max(allowed, _watched));
    }

    /// <summary>The error of a run that was stopped because the process had grown too much.</summary>
    public RunTooLargeException Stopped(string what) => TooLarge("took more memory", what, Volatile.Read(ref _watched));

    /// <summary>Does a run that is watched, where its sizes are not all known.</summary>
    /// <exception cref="RunTooLargeException">The process grew too much.</exception>
    public void Watch(RunOptions run, Action work)
    {
        if (Watched is not { } growth)
        {
            work();
            return;
        }
        using var watch = new RuntimeWatch(Timeout.InfiniteTimeSpan, growth, () => run.Terminate = true);
        try
        {
            work();
        }
        catch (OnnxRuntimeException) when (watch.GrewTooMuch)
        {
            throw Stopped("images whose sizes inside are not known");
        }
        finally
        {
            watch.Dispose();
            run.Terminate = false;
        }
    }

    private RunTooLargeException TooLarge(string needs, string what, double allowed) =>
        new(
            $"A run of {_model.Name} on {what} {needs}; {nameof(TranslationEngineOptions.MaxRunBytes)} allows "
                + $"{Text(allowed)}{(_allowed is null ? " here when it is not set" : "")}."
        );

    private Func<ImmutableArray<int>, MemoryEstimate>? Read()
    {
        try
        {
            using var bytes = _model.OpenRunnable();
            return ModelRewriter.EstimateMemory(bytes.Span, _model.InputName, OnnxElementType.UInt8);
        }
        catch (FormatException)
        {
            // The runtime says what is wrong with it.
            return null;
        }
    }

    private static string Text(double bytes) =>
        bytes switch
        {
            >= 1e15 => string.Create(CultureInfo.InvariantCulture, $"{bytes:0.0e0} bytes"),
            >= 1e8 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:#,0.0##} GB"),
            >= 1e5 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0##} MB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} bytes"),
        };
}
