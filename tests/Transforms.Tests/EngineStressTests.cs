using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Many threads on one engine, and its end while they work.</summary>
public sealed class EngineStressTests
{
    private const int Threads = 16;

    public static TheoryData<TranslationScheduling, int?> Schedules => new()
    {
        { TranslationScheduling.Auto, null }, { TranslationScheduling.Auto, 4 }, { TranslationScheduling.Latency, 3 }, { TranslationScheduling.Throughput, 1 }, { TranslationScheduling.Throughput, 4 },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public async Task Sixteen_threads_with_mixed_sizes_get_what_one_by_one_gives(TranslationScheduling scheduling, int? batch)
    {
        // Instance norm: a picture that got another's pixels in its batch would differ everywhere.
        byte[] model = TestModels.Export(TestModels.Normalized);
        RgbImage[] pictures = [.. Enumerable.Range(0, 24).Select(i => TestPictures.Make(1 + i * 7 % 40, 1 + i * 5 % 33, i))];
        byte[][] expected;
        using (var single = new TranslationEngine(model, new() { Device = TranslationDevice.Cpu, Threads = 1, TilePixels = 0 })) expected = [.. pictures.Select(picture => single.Translate(picture).Pixels)];
        using var engine = new TranslationEngine(model, new() { Device = TranslationDevice.Cpu, Threads = 2, Scheduling = scheduling, BatchSize = batch, TilePixels = 0 });
        await OnThreads(thread =>
        {
            for (int k = 0; k < 40; k++)
            {
                int i = (thread * 5 + k * 7) % pictures.Length;
                if (k % 4 < 3) Assert.Equal(expected[i], engine.Translate(pictures[i]).Pixels);
                else Assert.Equal([expected[i], expected[(i + 1) % 24], expected[(i + 8) % 24]], engine.Translate([pictures[i], pictures[(i + 1) % 24], pictures[(i + 8) % 24]]).Select(result => result.Pixels));
            }
        });
    }

    [Fact]
    public async Task One_callers_bad_picture_is_that_callers_alone()
    {
        using var engine = new TranslationEngine(TestModels.Export(TestModels.Strided), new() { Device = TranslationDevice.Cpu, Threads = 2, BatchSize = 4, Mode = TranslationMode.Exact });
        RgbImage good = TestPictures.Make(16, 16), bad = TestPictures.Make(15, 16);
        byte[] expected = engine.Translate(good).Pixels;
        await OnThreads(thread =>
        {
            for (int k = 0; k < 50; k++)
            {
                if (thread % 4 == 0) Assert.Throws<ArgumentException>(() => engine.Translate(bad));
                else Assert.Equal(expected, engine.Translate(good).Pixels);
            }
        });
    }

    [Theory]
    [InlineData(TranslationScheduling.Auto)]
    [InlineData(TranslationScheduling.Latency)]
    [InlineData(TranslationScheduling.Throughput)]
    public async Task Disposing_under_the_load_of_sixteen_threads_ends_them_all_in_order(TranslationScheduling scheduling)
    {
        var picture = TestPictures.Make(48, 40);
        var engine = new TranslationEngine(TestModels.Export(TestModels.Strided), new() { Device = TranslationDevice.Cpu, Threads = 2, BatchSize = 2, Scheduling = scheduling });
        byte[] expected = engine.Translate(picture).Pixels;
        using var working = new CountdownEvent(Threads);
        var disposing = Task.Factory.StartNew(() =>
        {
            working.Wait();
            // Two at once: both return, and no run is under way after either.
            Parallel.Invoke(engine.Dispose, engine.Dispose);
        }, TaskCreationOptions.LongRunning);
        await OnThreads(thread =>
        {
            // Every thread has been served once when the engine goes; what it gets is right to the last.
            for (bool first = true; ; first = false)
            {
                try
                {
                    var results = thread % 2 == 0 ? [engine.Translate(picture)] : engine.Translate([picture, picture, picture]);
                    Assert.All(results, result => Assert.Equal(expected, result.Pixels));
                }
                catch (ObjectDisposedException)
                {
                    Assert.False(first);
                    return;
                }
                if (first) working.Signal();
            }
        });
        await disposing;
    }

    [Fact]
    public async Task A_pool_of_prediction_engines_serves_many_threads_from_one_model()
    {
        var context = new MLContext(1);
        using var folder = new PictureFolder();
        var (rows, expected) = folder.Rows(6);
        using var model = context.Transforms.LoadImages("Photo", folder.Path, "File").Append(context.Transforms.TranslateImage("Map", "Photo", folder.Model)).Fit(context.Data.LoadFromEnumerable(rows));
        // As PredictionEnginePool does: engines are taken and given back, none is used by two threads at a time; the model is the pool's.
        var pool = new ConcurrentBag<PredictionEngine<PictureRow, PoolMap>>();
        await OnThreads(thread =>
        {
            for (int k = 0; k < 12; k++)
            {
                if (!pool.TryTake(out var engine)) engine = context.Model.CreatePredictionEngine<PictureRow, PoolMap>(model, new PredictionEngineOptions { OwnsTransformer = false });
                int i = (thread + k) % rows.Count;
                var result = engine.Predict(rows[i]);
                Assert.Equal(i, result.Number);
                using (result.Map) Assert.Equal(expected[i], PictureFolder.Pixels(result.Map));
                pool.Add(engine);
            }
        });
        Assert.InRange(pool.Count, 1, Threads);
        foreach (var engine in pool) engine.Dispose();
        // The engines did not own it.
        Assert.Equal(expected[0], PictureFolder.Pixels(model.Transform(context.Data.LoadFromEnumerable(rows)).GetColumn<MLImage>("Map").First()));
    }

    // Threads of their own, all at work at the same time; the first failure is thrown.
    private static async Task OnThreads(Action<int> work)
    {
        using var start = new Barrier(Threads);
        await Task.WhenAll([.. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            work(thread);
        }, TaskCreationOptions.LongRunning))]);
    }

    private sealed class PoolMap
    {
        public int Number { get; set; }

        [AnySizeImageType]
        public MLImage Map { get; set; } = null!;
    }
}
