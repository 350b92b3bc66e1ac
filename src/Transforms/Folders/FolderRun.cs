using System.Diagnostics;
using System.Runtime.ExceptionServices;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>One pass over one folder.</summary>
internal sealed class FolderRun : IDisposable
{
    private readonly TranslationEngine _engine;
    private readonly FolderTranslationOptions _options;
    private readonly string _input;
    private readonly string _output;
    private readonly List<ImageFile> _files;
    private readonly IProgress<FolderTranslationProgress>? _progress;
    private readonly FolderReport _report;
    private readonly PixelBudget _budget;
    private readonly long _resultPixels;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private ExceptionDispatchInfo? _fatal;
    private int _next = -1;
    private int _translated;
    private int _skipped;
    private int _failed;

    public FolderRun(
        TranslationEngine engine,
        FolderTranslationOptions options,
        string input,
        string output,
        List<ImageFile> files,
        IProgress<FolderTranslationProgress>? progress
    )
    {
        (_engine, _options, _input, _output, _files, _progress) = (engine, options, input, output, files, progress);
        _report = new(options.ReportFile, options.Resume);
        _resultPixels = (long)engine.Scale * engine.Scale;
        _budget = new(options.MaxPixelsInFlight);
    }

    public FolderTranslationProgress Progress => new(_translated, _skipped, _failed, _files.Count, _watch.Elapsed);

    public void Work(CancellationToken cancellationToken)
    {
        foreach (
            var folder in _files.GroupBy(
                file => Path.GetDirectoryName(file.Output)!,
                file => Path.GetFileName(file.Output),
                StringComparer.Ordinal
            )
        )
            AtomicFile.DeleteLeftovers(Path.Combine(_output, folder.Key), folder);
        // One worker more than the engine runs images: while it runs, another decodes or encodes.
        int workers = Math.Clamp(
            _options.Workers ?? Math.Max(Environment.ProcessorCount, 2 * _engine.PreferredBatch) + 1,
            1,
            Math.Max(1, _files.Count)
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var threads = Enumerable
            .Range(0, workers)
            .Select(i => new Thread(() => WorkOne(stop)) { IsBackground = true, Name = $"translate {i}" })
            .ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        _watch.Stop();
        _fatal?.Throw();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _report.Dispose();

    private void WorkOne(CancellationTokenSource stop)
    {
        try
        {
            for (int i; !stop.IsCancellationRequested && (i = Interlocked.Increment(ref _next)) < _files.Count; )
                Translate(_files[i], stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _fatal, ExceptionDispatchInfo.Capture(exception), null);
            stop.Cancel();
        }
    }

    private void Translate(ImageFile file, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        string output = Path.Combine(_output, file.Output);
        // Emptiness is what a machine that lost its power may leave under a finished name.
        if (_options.Resume && new FileInfo(output) is { Exists: true, Length: > 0 })
        {
            _report.WriteFound(file);
            Interlocked.Increment(ref _skipped);
            _progress?.Report(Progress);
            return;
        }
        long pixels = 0;
        RgbImage? image = null,
            translated = null;
        string? failure = null;
        try
        {
            var bytes = Read(file.Input);
            var header = ImageHeader.Read(bytes, file.Input);
            ImageDecoder.Check(header, file.Input, _options.Decoder);
            long needed = (long)header.Width * header.Height * _resultPixels;
            _budget.Take(needed, cancellationToken);
            pixels = needed;
            image = ImageDecoder.Decode(bytes, file.Input, _options.Decoder);
            translated = _engine.TranslateAmongMany(image);
            // Errors of writing are not the image's fault: they pass through.
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            ImageEncoder.Save(translated, output, _options.Compression);
            Interlocked.Increment(ref _translated);
            _report.Write(new(file.Input, file.Output, image.Width, image.Height, Milliseconds(start), null));
        }
        catch (Exception exception)
            when (translated is null
                && exception is not (OperationCanceledException or ObjectDisposedException or OutOfMemoryException)
            )
        {
            Interlocked.Increment(ref _failed);
            _report.Write(new(file.Input, null, image?.Width, image?.Height, Milliseconds(start), exception.Message));
            failure = exception.Message.Contains(file.Input, StringComparison.Ordinal)
                ? exception.Message
                : $"Image '{file.Input}' cannot be translated: {exception.Message}";
            if (_options.OnBadImage == BadImagePolicy.Fail)
                throw new InvalidDataException(failure, exception);
        }
        finally
        {
            if (pixels > 0)
                _budget.Return(pixels);
        }
        _progress?.Report(Progress with { Failure = failure });
    }

    private byte[] Read(string file)
    {
        string path = Path.Combine(_input, file);
        long length = new FileInfo(path).Length;
        // Named pipes and devices too have no length: whoever opened one might wait for ever.
        if (length == 0)
            return [];
        return length <= Math.Min(_options.Decoder.MaxFileBytes, Array.MaxLength)
            ? File.ReadAllBytes(path)
            : throw new FormatException(
                $"Image '{file}' has {length} bytes; at most {_options.Decoder.MaxFileBytes} are allowed."
            );
    }

    private static double Milliseconds(long start) => Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1);
}
