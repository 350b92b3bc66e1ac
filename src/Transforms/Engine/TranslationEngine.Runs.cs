using System.Runtime.ExceptionServices;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    private readonly BatchQueue _queue;
    private readonly Lock _gate = new();
    private BatchQueue? _queueForMany;
    private bool _disposed;

    // One session on all threads is quickest for one image, a run on each thread for many. Auto keeps both; the second
    // is made when it is first needed.
    private bool HasTwoPools =>
        Options.Scheduling == TranslationScheduling.Auto
        && Options.ParallelRuns is null
        && _threads > 1
        && ActiveProvider == SessionFactory.Cpu;

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

    // Half of the memory there is for all runs together, at 2 kB a pixel: measured with ONNX Runtime 1.29, a ResNet
    // generator takes 1.6 kB, a U-Net 0.7 kB.
    private static long DefaultTilePixels(int runs, long addedBytesPerPixel) =>
        Math.Max(1 << 18, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / (2048 + addedBytesPerPixel) / runs);

    private BatchQueue QueueForMany()
    {
        if (!HasTwoPools)
            return _queue;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _queueForMany ??= new(new(_model, Options, _threads, 1), _model, _queue.BatchSize, _scale);
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
        var results = new RgbImage[plans.Length];
        var whole = new List<int>(plans.Length);
        for (int i = 0; i < plans.Length; i++)
        {
            var padding = plans[i].Padding;
            if (_tiles is null || (long)padding.PaddedHeight * padding.PaddedWidth <= _tilePixels)
                whole.Add(i);
            else
                results[i] = TranslateTiles(_tiles, plans[i].Image, padding);
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
