using System.Diagnostics;
using System.Runtime.ExceptionServices;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>One pass over one folder.</summary>
internal sealed class FolderRun : IDisposable
{
    private readonly TranslationEngine _engine;
    private readonly FolderTranslationOptions _options;
    private readonly string _input;
    private readonly string _output;
    private readonly IReadOnlyList<ImageFile> _files;
    private readonly IReadOnlyList<UnreadableFolder> _unreadable;
    private readonly string? _leftOut;
    private readonly IProgress<FolderTranslationProgress>? _progress;
    private readonly ImageDecoderOptions _decoder;
    private readonly InstanceFolder? _instances;
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
        FolderListing listing,
        InstanceFolder? instances,
        IProgress<FolderTranslationProgress>? progress
    )
    {
        _engine = engine;
        _options = options;
        _input = input;
        _output = output;
        _files = listing.Files;
        _unreadable = listing.Unreadable;
        _leftOut = listing.LeftOut?.ToString();
        _progress = progress;
        _decoder = options.Decoder with { KeepAlpha = options.Decoder.KeepAlpha || engine.Settings.KeepAlpha };
        _instances = instances;
        _report = new(options.ReportFile, options.Resume);
        _resultPixels = (long)engine.Scale * engine.Scale;
        _budget = new(options.MaxPixelsInFlight);
    }

    public FolderTranslationProgress Progress =>
        new(_translated, _skipped, _failed, _files.Count + _unreadable.Count, _watch.Elapsed) { LeftOut = _leftOut };

    public void Work(CancellationToken cancellationToken)
    {
        foreach (var folder in _unreadable)
        {
            string error = $"Folder '{folder.Path}' cannot be read: {folder.Reason}";
            Fail(new(folder.Path, null, null, null, null, error), null);
        }
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
            _progress?.Report(Progress with { Image = file.Input, Output = file.Output });
            return;
        }
        using var share = _budget.NewShare(cancellationToken);
        ImageSize? size = null;
        Action<string> save;
        try
        {
            save = TranslateWithinMemory(file.Input, share, ref size);
        }
        catch (Exception exception) when (IsOfTheImage(exception))
        {
            string message = RuntimeFailure.IsMemory(exception)
                ? $"Image '{file.Input}' needs more memory than there is: {exception.Message}"
                : WithoutParameter(exception);
            Fail(new(file.Input, null, size?.Width, size?.Height, Milliseconds(start), message), exception);
            return;
        }
        // Errors of writing are not the image's fault: they pass through.
        NewFolder.Make(Path.GetDirectoryName(output)!);
        save(output);
        Interlocked.Increment(ref _translated);
        _report.Write(new(file.Input, file.Output, size?.Width, size?.Height, Milliseconds(start), null));
        _progress?.Report(Progress with { Image = file.Input, Output = file.Output });
    }

    // Gives what writes the result.
    private Action<string> TranslateWithinMemory(string file, PixelBudget.Share share, ref ImageSize? size)
    {
        try
        {
            return TranslateOnce(file, share, alone: false, ref size);
        }
        catch (Exception exception) when (RuntimeFailure.IsMemory(exception)) { }

        // What is too large beside others may fit by itself. Outside of the handler, which keeps the first try alive.
        GC.Collect();
        return TranslateOnce(file, share, alone: true, ref size);
    }

    private Action<string> TranslateOnce(string file, PixelBudget.Share share, bool alone, ref ImageSize? size)
    {
        byte[] bytes = ImageBytes.Read(Path.Combine(_input, file), file, _options.Decoder.MaxFileBytes);
        var header = ImageHeader.Read(bytes, file);
        ImageDecoder.Check(header, file, _options.Decoder);
        if (alone)
        {
            share.TakeAll();
        }
        else
        {
            int images = _instances is null ? 1 : 2;
            share.Take((long)header.Width * header.Height * _resultPixels * (_options.BitDepth / 8) * images);
        }

        if (_options.BitDepth == 16)
        {
            var wide = ImageDecoder.DecodeWide(bytes, file, _decoder);
            size = new(wide.Width, wide.Height);
            var wideResult = _engine.Translate(wide);
            return output => ImageEncoder.Save(wideResult, output, _decoder.ValueRange, _options.Compression);
        }
        var image = ImageDecoder.Decode(bytes, file, _decoder);
        size = new(image.Width, image.Height);
        var instances = _instances is null
            ? null
            : ImageDecoder.DecodeInstances(_instances.FileOf(file, file), _decoder);
        var result = _engine.TranslateAmongMany([new(image, instances)], ResultForm.Rgb)[0].Rgb;
        return output => ImageEncoder.Save(result, output, _options.Compression);
    }

    // "… (Parameter 'image')" is for who calls the engine.
    private static string WithoutParameter(Exception exception) =>
        exception is ArgumentException { ParamName: { } name }
            ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : exception.Message;

    // What the runtime throws is no property of an image, unless the image is what needs the memory.
    private static bool IsOfTheImage(Exception exception) =>
        exception is not (OperationCanceledException or ObjectDisposedException)
        && !RuntimeFailure.IsOfTheModel(exception);

    private void Fail(FolderReportLine line, Exception? cause)
    {
        Interlocked.Increment(ref _failed);
        _report.Write(line);
        string failure = line.Error!.Contains(line.File, StringComparison.Ordinal)
            ? line.Error
            : $"Image '{line.File}' cannot be translated: {line.Error}";
        if (_options.FailOnBadImage)
        {
            throw new InvalidDataException(failure, cause);
        }

        _progress?.Report(Progress with { Image = line.File, Failure = failure });
    }

    private static double Milliseconds(long start) => Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1);
}
