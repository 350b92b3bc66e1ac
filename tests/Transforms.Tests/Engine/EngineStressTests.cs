using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Many threads on one engine, and its end while they work.</summary>
public sealed class EngineStressTests
{
    private const int Threads = 16;

    public static TheoryData<TranslationScheduling, int?> Schedules =>
        new()
        {
            { TranslationScheduling.Auto, null },
            { TranslationScheduling.Auto, 4 },
            { TranslationScheduling.Latency, 3 },
            { TranslationScheduling.Throughput, 1 },
            { TranslationScheduling.Throughput, 4 },
        };

    [Theory]
    [MemberData(nameof(Schedules))]
    public async Task Sixteen_threads_with_mixed_sizes_get_what_one_by_one_gives(
        TranslationScheduling scheduling,
        int? batch
    )
    {
        // Instance norm: an image that got another's pixels in its batch would differ everywhere.
        byte[] model = TestModels.Export(TestModels.Normalized);
        RgbImage[] images =
        [
            .. Enumerable.Range(0, 24).Select(i => TestImages.Make(1 + i * 7 % 40, 1 + i * 5 % 33, i)),
        ];
        byte[][] expected;
        using (
            var single = new TranslationEngine(
                model,
                new()
                {
                    Device = TranslationDevice.Cpu,
                    Threads = 1,
                    TilePixels = 0,
                }
            )
        )
            expected = [.. images.Select(image => single.Translate(image).Pixels)];
        using var engine = new TranslationEngine(
            model,
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = 2,
                Scheduling = scheduling,
                BatchSize = batch,
                TilePixels = 0,
            }
        );
        await OnThreads(thread =>
        {
            for (int k = 0; k < 40; k++)
            {
                int i = (thread * 5 + k * 7) % images.Length;
                if (k % 4 < 3)
                    Assert.Equal(expected[i], engine.Translate(images[i]).Pixels);
                else
                    Assert.Equal(
                        [expected[i], expected[(i + 1) % 24], expected[(i + 8) % 24]],
                        engine
                            .Translate([images[i], images[(i + 1) % 24], images[(i + 8) % 24]])
                            .Select(result => result.Pixels)
                    );
            }
        });
    }

    [Fact]
    public async Task One_callers_bad_image_is_that_callers_alone()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = 2,
                BatchSize = 4,
                Mode = TranslationMode.Exact,
            }
        );
        RgbImage good = TestImages.Make(16, 16),
            bad = TestImages.Make(15, 16);
        byte[] expected = engine.Translate(good).Pixels;
        await OnThreads(thread =>
        {
            for (int k = 0; k < 50; k++)
            {
                if (thread % 4 == 0)
                    Assert.Throws<ArgumentException>(() => engine.Translate(bad));
                else
                    Assert.Equal(expected, engine.Translate(good).Pixels);
            }
        });
    }

    [Theory]
    [InlineData(TranslationScheduling.Auto)]
    [InlineData(TranslationScheduling.Latency)]
    [InlineData(TranslationScheduling.Throughput)]
    public async Task Disposing_under_the_load_of_sixteen_threads_ends_them_all_in_order(
        TranslationScheduling scheduling
    )
    {
        var image = TestImages.Make(48, 40);
        var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = 2,
                BatchSize = 2,
                Scheduling = scheduling,
            }
        );
        byte[] expected = engine.Translate(image).Pixels;
        using var working = new CountdownEvent(Threads);
        var disposing = Task.Factory.StartNew(
            () =>
            {
                working.Wait();
                // Two at once: both return, and no run is under way after either.
                Parallel.Invoke(engine.Dispose, engine.Dispose);
            },
            TaskCreationOptions.LongRunning
        );
        await OnThreads(thread =>
        {
            // Every thread has been served once when the engine goes; what it gets is right to the last.
            for (bool first = true; ; first = false)
            {
                try
                {
                    var results = thread % 2 == 0 ? [engine.Translate(image)] : engine.Translate([image, image, image]);
                    Assert.All(results, result => Assert.Equal(expected, result.Pixels));
                }
                catch (ObjectDisposedException)
                {
                    Assert.False(first);
                    return;
                }
                if (first)
                    working.Signal();
            }
        });
        await disposing;
    }

    [Fact]
    public async Task A_pool_of_prediction_engines_serves_many_threads_from_one_model()
    {
        var context = new MLContext(1);
        using var folder = new TestFolder();
        var (rows, expected) = folder.Rows(6);
        using var model = context
            .Transforms.LoadImages("Photo", folder.Path, "File")
            .Append(context.Transforms.TranslateImage("Map", "Photo", folder.Model))
            .Fit(context.Data.LoadFromEnumerable(rows));
        // As PredictionEnginePool does: engines are taken and given back, none is used by two threads at a time; the
        // model is the pool's.
        var pool = new ConcurrentBag<PredictionEngine<ImageRow, PoolMap>>();
        await OnThreads(thread =>
        {
            for (int k = 0; k < 12; k++)
            {
                if (!pool.TryTake(out var engine))
                    engine = context.Model.CreatePredictionEngine<ImageRow, PoolMap>(
                        model,
                        new PredictionEngineOptions { OwnsTransformer = false }
                    );
                int i = (thread + k) % rows.Count;
                var result = engine.Predict(rows[i]);
                Assert.Equal(i, result.Number);
                using (result.Map)
                    Assert.Equal(expected[i], TestFolder.Pixels(result.Map));
                pool.Add(engine);
            }
        });
        Assert.InRange(pool.Count, 1, Threads);
        foreach (var engine in pool)
            engine.Dispose();
        // The engines did not own it.
        Assert.Equal(
            expected[0],
            TestFolder.Pixels(model.Transform(context.Data.LoadFromEnumerable(rows)).GetColumn<MLImage>("Map").First())
        );
    }

    // Threads of their own, all at work at the same time; the first failure is thrown.
    private static async Task OnThreads(Action<int> work)
    {
        using var start = new Barrier(Threads);
        await Task.WhenAll([
            .. Enumerable
                .Range(0, Threads)
                .Select(thread =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            work(thread);
                        },
                        TaskCreationOptions.LongRunning
                    )
                ),
        ]);
    }

    private sealed class PoolMap
    {
        public int Number { get; set; }

        [AnySizeImageType]
        public MLImage Map { get; set; } = null!;
    }
}
