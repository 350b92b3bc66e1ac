using System.Diagnostics;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Measures whether one run on all threads or a run on each thread makes more images on this machine.
/// </summary>
internal static class SchedulingProbe
{
    /// <summary>The faster of the two; the other is disposed.</summary>
    public static SlotPool Choose(
        EngineModel model,
        TranslationEngineOptions options,
        int threads,
        int multiple,
        int scale
    )
    {
        var together = new SlotPool(model, options, 1, threads);
        if (threads == 1 || together.Provider != SessionFactory.Cpu)
            return together;
        SlotPool? apart = null;
        try
        {
            apart = new(model, options, threads, 1);
            bool faster =
                ImagesPerSecond(apart, model, multiple, scale) > ImagesPerSecond(together, model, multiple, scale);
            (faster ? together : apart).Dispose();
            return faster ? apart : together;
        }
        catch
        {
            together.Dispose();
            apart?.Dispose();
            throw;
        }
    }

    private static double ImagesPerSecond(SlotPool pool, EngineModel model, int multiple, int scale)
    {
        var size = model.FixedSize ?? model.TrainingSize ?? new(256, 256);
        var padding = ImagePadding.ToMultiple(size.Height, size.Width, multiple);
        RunAll(pool);
        var watch = Stopwatch.StartNew();
        int rounds = 0;
        // Two rounds at least, and no more than a third of a second beyond them.
        do RunAll(pool);
        while (++rounds < 2 || watch.ElapsedMilliseconds < 300);
        return rounds * pool.ParallelRuns / watch.Elapsed.TotalSeconds;

        void RunAll(SlotPool slots) =>
            Parallel.For(
                0,
                slots.ParallelRuns,
                _ =>
                    slots.Use(slot =>
                    {
                        slot.Bind(model.Pixels.FixedBatch ?? 1, padding.PaddedHeight, padding.PaddedWidth, scale);
                        slot.Run();
                        return true;
                    })
            );
    }
}
