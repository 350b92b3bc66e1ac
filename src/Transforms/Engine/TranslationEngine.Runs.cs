using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    private readonly BatchQueue _queue;
    private readonly Lock _gate = new();
    private BatchQueue? _queueForMany;
    private bool _disposed;

    // What is assumed of a card that does not tell its free memory.
    private const long SmallCard = 4L << 30;
    private const long LeastTilePixels = 1 << 16;

    // One session on all threads is quickest for one image, a run on each thread for many. Auto keeps both; the second
    // is made when it is first needed.
    private bool HasTwoPools =>
        Options.Scheduling == TranslationScheduling.Auto
        && Options.ParallelRuns is null
        && _threads > 1
        && ActiveProvider == ExecutionProviders.Cpu;

    /// <summary>
    /// Waits for the runs under way, then frees the model. Calls that come later throw
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        // After this no run is under way, and none begins.
        _slots.Dispose();
        _queueForMany?.Slots.Dispose();
        if (_statistics is { IsValueCreated: true })
            _statistics.Value.Dispose();
    }

    private SessionOpener Opener => new(_runtime, _model, Options);

    private SlotPool OpenSlots(int runs, int threads)
    {
        var session = Opener.Open(Math.Max(1, threads));
        // A run on each thread is a way to spend a CPU; a GPU gets one at a time, unless another number was asked for.
        bool asked = session.Provider == ExecutionProviders.Cpu || Options.ParallelRuns is not null;
        return new(session, _model, asked ? runs : 1);
    }

    // Half of the memory there is for all runs together, at 2 kB a pixel: measured with ONNX Runtime 1.29, a ResNet
    // generator takes 1.6 kB, a U-Net 0.7 kB. On a GPU it is the card's memory that counts.
    private long DefaultTilePixels()
    {
        long memory =
            ActiveProvider == ExecutionProviders.Cpu
                ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes
                : Opener.FreeMemory ?? SmallCard;
        return Math.Max(4 * LeastTilePixels, memory / 2 / 2048 / ParallelRuns / _queue.BatchSize);
    }

    private BatchQueue QueueForMany()
    {
        if (!HasTwoPools)
            return _queue;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _queueForMany ??= new(OpenSlots(_threads, 1), _model, _queue.BatchSize, _scale);
        }
    }

    private RgbImage[] Translate(IReadOnlyList<RgbImage> images, BatchQueue queue)
    {
        var plans = new ImagePlan[images.Count];
        for (int i = 0; i < plans.Length; i++)
            plans[i] = ImagePlan.For(
                images[i] ?? throw new ArgumentException($"Image {i} is null.", nameof(images)),
                this
            );
        for (; ; )
        {
            long pixels = Volatile.Read(ref _tilePixels);
            try
            {
                return Translate(images, plans, queue, pixels);
            }
            catch (InvalidOperationException exception)
                when (exception.InnerException is OnnxRuntimeException && MakeTilesSmaller(plans, pixels))
            {
                // With smaller tiles then.
            }
        }
    }

    // A GPU's memory is shared with other programs, and what a pixel takes is an estimate: where a run fails, half as
    // many pixels may do. Sizes that were asked for are kept.
    private bool MakeTilesSmaller(ImagePlan[] plans, long pixels)
    {
        if (Options.TilePixels is not null || _tiles is null || ActiveProvider != ExecutionProviders.Cuda)
            return false;
        long largest = plans.Max(plan => (long)plan.Padding.PaddedHeight * plan.Padding.PaddedWidth),
            smaller = Math.Min(largest, pixels) / 2;
        if (TilesOfFixedSize is not null || smaller < LeastTilePixels)
            return false;
        Volatile.Write(ref _tilePixels, Math.Min(smaller, Volatile.Read(ref _tilePixels)));
        return true;
    }

    private RgbImage[] Translate(IReadOnlyList<RgbImage> images, ImagePlan[] plans, BatchQueue queue, long tilePixels)
    {
        var results = new RgbImage[plans.Length];
        var whole = new List<int>(plans.Length);
        for (int i = 0; i < plans.Length; i++)
        {
            var padding = plans[i].Padding;
            if (_tiles is null || (long)padding.PaddedHeight * padding.PaddedWidth <= tilePixels)
                whole.Add(i);
            else
                results[i] = TranslateTiles(_tiles with { Pixels = tilePixels }, plans[i].Image, padding);
        }
        var translated = Run([.. whole.Select(i => new RunRequest(plans[i].Image, plans[i].Padding))], queue);
        for (int k = 0; k < whole.Count; k++)
            results[whole[k]] = translated[k];
        for (int i = 0; i < plans.Length; i++)
            if (plans[i].Result is { } size && (size.Width != results[i].Width || size.Height != results[i].Height))
                results[i] = ImageResizer.Resize(results[i], size.Width, size.Height);
        if (Options.KeepColors)
            for (int i = 0; i < plans.Length; i++)
                results[i] = ColorKeeper.Apply(images[i], results[i]);
        return results;
    }

    private RgbImage TranslateTiles(TiledTranslation tiles, RgbImage image, ImagePadding padding)
    {
        if (_statistics is null)
            return tiles.Translate(
                image,
                padding,
                row =>
                    Run(
                        [
                            .. row.Select(tile => new RunRequest(
                                tile,
                                ImagePadding.ToMultiple(tile.Height, tile.Width, 1)
                            )),
                        ],
                        QueueForMany()
                    )
            );
        ImageStatistics? statistics = null;
        for (int pass = 0; pass < Options.StatisticsPasses; pass++)
        {
            // Every pass makes one more norm right, and with it what the next one sees; the others go by their tiles,
            // as wrong ones would add up in deep networks.
            var (by, known, into) = (statistics, pass, new ImageStatistics(_slots.Use(_ => _statistics.Value.Norms)));
            foreach (var (tile, share) in tiles.Tiles(image, padding))
                _slots.Use(_ =>
                {
                    _statistics.Value.Collect(tile, share, by, known, into);
                    return true;
                });
            statistics = into;
        }
        return tiles.Translate(
            image,
            padding,
            row => [.. row.Select(tile => _slots.Use(_ => _statistics.Value.Translate(tile, statistics!)))]
        );
    }

    // Images of one padded size, as many as go in a batch, on as many slots as there are.
    private static RgbImage[] Run(RunRequest[] requests, BatchQueue queue)
    {
        RunRequest[][] chunks =
        [
            .. requests
                .GroupBy(request => (request.Padding.PaddedHeight, request.Padding.PaddedWidth))
                .SelectMany(group => group.Chunk(queue.BatchSize)),
        ];
        if (chunks.Length <= 1 || queue.Slots.ParallelRuns == 1)
            foreach (var chunk in chunks)
                queue.Run(chunk);
        else
            RunTogether(chunks, queue);
        return Array.ConvertAll(requests, request => request.Result());
    }

    private static void RunTogether(RunRequest[][] chunks, BatchQueue queue)
    {
        try
        {
            Parallel.ForEach(
                chunks,
                new ParallelOptions { MaxDegreeOfParallelism = queue.Slots.ParallelRuns },
                queue.Run
            );
        }
        catch (AggregateException exception)
        {
            // Callers are promised the exception itself.
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }
    }
}
