using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    // One by itself, more than one side by side.
    private RgbImage[] TranslateAll(TranslationSource[] sources) =>
        Rgb(Translate(sources, sources.Length > 1 ? _queues.Many() : _queues.Single, ResultForm.Rgb));

    private TranslatedImage[] Translate(IReadOnlyList<TranslationSource> images, BatchQueue queue, ResultForm form)
    {
        var plans = new ImagePlan[images.Count];
        for (int i = 0; i < plans.Length; i++)
        {
            images[i].Check(_model, _labels, nameof(images));
            plans[i] = ImagePlan.For(images[i], this);
        }
        for (; ; )
        {
            long pixels = _tiles.Pixels;
            try
            {
                return Translate(images, plans, queue, pixels, form);
            }
            catch (Exception exception)
                when (MayBeSmaller(exception) && _tiles.TryShrink(plans.Select(plan => plan.Padding), pixels))
            {
                // With smaller tiles then.
            }
        }
    }

    // On a GPU, missing memory shows in many ways; on the CPU, other failures are the model's.
    private bool MayBeSmaller(Exception exception) =>
        RuntimeFailure.IsMemory(exception)
        || (ActiveProvider == ExecutionProviders.Cuda && RuntimeFailure.IsOfTheModel(exception));

    private TranslatedImage[] Translate(
        IReadOnlyList<TranslationSource> images,
        ImagePlan[] plans,
        BatchQueue queue,
        long tilePixels,
        ResultForm form
    )
    {
        var results = new TranslatedImage[plans.Length];
        var whole = new List<int>(plans.Length);
        for (int i = 0; i < plans.Length; i++)
        {
            if (_tiles.For(plans[i].Padding, tilePixels) is { } tiles)
            {
                results[i] = new(TranslateTiles(tiles, plans[i].Source, plans[i].Padding));
                continue;
            }
            var padding = plans[i].Padding;
            ModelCheck.CheckPixels(_model, _options, (long)padding.PaddedHeight * padding.PaddedWidth * Scale * Scale);
            whole.Add(i);
        }
        var translated = Run(
            [
                .. whole.Select(i => new RunRequest(
                    plans[i].Source,
                    plans[i].Padding,
                    IsChanged(images[i], plans[i]) ? ResultForm.Rgb : form
                )),
            ],
            queue
        );
        for (int k = 0; k < whole.Count; k++)
            results[whole[k]] = translated[k];
        for (int i = 0; i < plans.Length; i++)
            if (IsChanged(images[i], plans[i]))
                results[i] = new(Change(images[i], plans[i], results[i].Rgb));
        return results;
    }

    // Whether there is more to do to the result of a run.
    private bool IsChanged(TranslationSource image, ImagePlan plan) =>
        plan.Result is not null || _options.KeepColors || image.HasAlpha;

    private RgbImage Change(TranslationSource image, ImagePlan plan, RgbImage result)
    {
        if (plan.Result is { } size)
            result = result.Resize(size.Width, size.Height);
        if (_options.KeepColors)
            result = ColorKeeper.Apply(image.Image, result);
        return AlphaKeeper.Apply(image.Image, result);
    }

    private RgbImage TranslateTiles(TiledTranslation tiles, SourcePixels source, ImagePadding padding) =>
        _statistics is { } statistics
            ? statistics.Value.Translate(tiles, source, padding, _slots)
            : tiles.Translate(
                source,
                padding,
                row =>
                    Rgb(
                        Run(
                            [
                                .. row.Select(tile => new RunRequest(
                                    tile,
                                    ImagePadding.ToMultiple(tile.Height, tile.Width, 1)
                                )),
                            ],
                            _queues.Many()
                        )
                    )
            );

    private static RgbImage[] Rgb(TranslatedImage[] results) => Array.ConvertAll(results, result => result.Rgb);

    // Images of one padded size, as many as go in a batch, on as many slots as there are.
    private static TranslatedImage[] Run(RunRequest[] requests, BatchQueue queue)
    {
        RunRequest[][] chunks =
        [
            .. requests
                .GroupBy(request => (request.Padding.PaddedHeight, request.Padding.PaddedWidth))
                .SelectMany(group => group.Chunk(queue.BatchSize)),
        ];
        int next = -1;
        if (chunks.Length <= 1 || queue.Slots.ParallelRuns == 1)
            while (RunNext()) { }
        else
            RunTogether(Math.Min(chunks.Length, queue.Slots.ParallelRuns), RunNext);
        return Array.ConvertAll(requests, request => request.Result());

        // Chunk by chunk: shares of a list, as Parallel.ForEach makes them, end at different times.
        bool RunNext()
        {
            int i = Interlocked.Increment(ref next);
            if (i >= chunks.Length)
                return false;
            queue.Run(chunks[i]);
            return true;
        }
    }

    private static void RunTogether(int lanes, Func<bool> runNext)
    {
        try
        {
            Parallel.For(
                0,
                lanes,
                (_, state) =>
                {
                    while (!state.IsExceptional && runNext()) { }
                }
            );
        }
        catch (AggregateException exception)
        {
            // Callers are promised the exception itself.
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }
    }
}
