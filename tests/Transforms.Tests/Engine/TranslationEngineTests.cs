using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class TranslationEngineTests
{
    private static readonly TranslationEngineOptions s_cpu = new() { Device = TranslationDevice.Cpu, Threads = 1 };

    [Fact]
    public void Gives_what_a_bare_session_gives()
    {
        var bytes = TestModels.Export(TestModels.Strided);
        var image = TestImages.Make(24, 16);
        using var session = new InferenceSession(bytes);
        using var input = OrtValue.CreateTensorValueFromMemory(image.Pixels, [1, 16, 24, 3]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["image"], [input], ["translated"]);
        using var engine = new TranslationEngine(bytes, s_cpu);
        Assert.Equal(outputs[0].GetTensorDataAsSpan<byte>().ToArray(), engine.Translate(image).Pixels);
        Assert.Equal("CPUExecutionProvider", engine.ActiveProvider);
        Assert.Equal("test-strided", engine.Card?.Architecture);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(3, 2)]
    [InlineData(5, 5)]
    [InlineData(17, 9)]
    [InlineData(16, 16)]
    public void Keeps_any_size_by_padding_and_cropping(int width, int height)
    {
        var bytes = TestModels.Export(TestModels.Strided);
        using var engine = new TranslationEngine(bytes, s_cpu);
        using var exact = new TranslationEngine(bytes, s_cpu with { Mode = TranslationMode.Exact });
        var image = TestImages.Make(width, height);
        var padding = ImagePadding.ToMultiple(height, width, 4);
        var padded = new RgbImage(padding.PaddedWidth, padding.PaddedHeight);
        padding.Pad(image.Pixels, padded.Pixels);
        var expected = exact.Translate(padded).Crop(padding.Left, padding.Top, width, height);
        var result = engine.Translate(image);
        Assert.Equal((width, height), (result.Width, result.Height));
        Assert.Equal(expected.Pixels, result.Pixels);
        Assert.Equal(expected.Pixels, engine.Translate(image.Pixels, width, height));
    }

    [Theory]
    [InlineData(1, TranslationScheduling.Latency)]
    [InlineData(3, TranslationScheduling.Latency)]
    [InlineData(2, TranslationScheduling.Throughput)]
    [InlineData(1, TranslationScheduling.Auto)]
    public void A_batch_of_mixed_sizes_equals_one_by_one(int batchSize, TranslationScheduling scheduling)
    {
        var bytes = TestModels.Export(TestModels.Normalized);
        using var single = new TranslationEngine(bytes, s_cpu);
        using var engine = new TranslationEngine(
            bytes,
            s_cpu with
            {
                BatchSize = batchSize,
                Scheduling = scheduling,
                Threads = 2,
            }
        );
        RgbImage[] images = [.. Enumerable.Range(0, 9).Select(i => TestImages.Make(8 + i % 2 * 3, 8 + i % 3, i))];
        var results = engine.Translate(images);
        Assert.Equal(images.Length, results.Count);
        for (int i = 0; i < images.Length; i++)
            Assert.Equal(single.Translate(images[i]).Pixels, results[i].Pixels);
        Assert.Empty(engine.Translate([]));
        Assert.Equal(results[0].Pixels, engine.Translate(images[0]).Pixels);
        if (scheduling == TranslationScheduling.Auto)
            Assert.Equal((2, 2), (engine.ParallelRuns, engine.PreferredBatch));
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Translate(images));
        Assert.Throws<ObjectDisposedException>(() => engine.Translate(images[0]));
    }

    [Fact]
    public void The_float_interface_gives_the_same_pixels()
    {
        using var bytes = new TranslationEngine(TestModels.Export(TestModels.Strided), s_cpu);
        using var floats = new TranslationEngine(
            TestModels.Export(TestModels.Strided, new() { Interface = ModelInterface.FloatNchw }),
            s_cpu
        );
        var image = TestImages.Make(21, 13);
        var (a, b) = (bytes.Translate(image).Pixels, floats.Translate(image).Pixels);
        Assert.All(a.Zip(b), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.True(a.Zip(b).Count(pair => pair.First != pair.Second) < a.Length / 100);
    }

    [Fact]
    public void A_model_of_one_size_resizes_and_resizes_back()
    {
        var fixedModel = TestModels.Export(TestModels.Strided, new() { FixedSize = new(20, 16) });
        using var engine = new TranslationEngine(fixedModel, s_cpu);
        using var free = new TranslationEngine(TestModels.Export(TestModels.Strided), s_cpu);
        Assert.Equal(new ImageSize(20, 16), engine.FixedSize);
        var fits = TestImages.Make(20, 16);
        Assert.Equal(free.Translate(fits).Pixels, engine.Translate(fits).Pixels);
        var other = TestImages.Make(31, 27);
        var expected = free.Translate(other.Resize(20, 16)).Resize(31, 27);
        Assert.Equal(expected.Pixels, engine.Translate(other).Pixels);
    }

    [Fact]
    public void Resizing_modes_go_by_the_training_size()
    {
        var bytes = TestModels.Export(TestModels.Strided, new() { TrainingSize = new(16, 12) });
        using var plain = new TranslationEngine(bytes, s_cpu);
        using var resized = new TranslationEngine(bytes, s_cpu with { Mode = TranslationMode.ResizeToTraining });
        using var back = new TranslationEngine(bytes, s_cpu with { Mode = TranslationMode.ResizeToTrainingAndBack });
        var image = TestImages.Make(40, 30);
        var expected = plain.Translate(image.Resize(16, 12));
        Assert.Equal(expected.Pixels, resized.Translate(image).Pixels);
        Assert.Equal(new ImageSize(16, 12), resized.ResultSize(new(40, 30)));
        Assert.Equal(expected.Resize(40, 30).Pixels, back.Translate(image).Pixels);
    }

    [Fact]
    public void The_exact_mode_names_sizes_that_do_not_fit()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            s_cpu with
            {
                Mode = TranslationMode.Exact,
            }
        );
        var failure = Assert.Throws<ArgumentException>(() => engine.Translate(TestImages.Make(10, 8)));
        Assert.Contains("10x8", failure.Message);
        Assert.Contains("multiples of 4", failure.Message);
    }

    [Fact]
    public void MLImages_are_composed_on_white_and_stay_the_callers()
    {
        using var engine = new TranslationEngine(TestModels.Export(TestModels.Convolution), s_cpu);
        var image = TestImages.Make(6, 5);
        using var photo = image.ToMLImage();
        using var result = engine.Translate(photo);
        Assert.Equal(engine.Translate(image).Pixels, RgbImage.FromMLImage(result).Pixels);
        Assert.Equal(6, photo.Width);
    }

    [Fact]
    public async Task Many_threads_get_what_one_gets()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            s_cpu with
            {
                ParallelRuns = 2,
                Threads = 2,
            }
        );
        RgbImage[] images = [.. Enumerable.Range(0, 16).Select(i => TestImages.Make(9 + i % 5, 8 + i % 3, i))];
        byte[][] expected = [.. images.Select(image => engine.Translate(image).Pixels)];
        var threads = Enumerable
            .Range(0, 8)
            .Select(start =>
                Task.Factory.StartNew(
                    () =>
                    {
                        for (int k = 0; k < images.Length * 2; k++)
                        {
                            int i = (start * 3 + k) % images.Length;
                            Assert.Equal(expected[i], engine.Translate(images[i]).Pixels);
                        }
                    },
                    TaskCreationOptions.LongRunning
                )
            )
            .ToArray();
        await Task.WhenAll(threads);
    }

    [Fact]
    public async Task Disposing_under_load_lets_runs_finish_and_refuses_new_ones()
    {
        var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            s_cpu with
            {
                ParallelRuns = 2,
                Threads = 2,
            }
        );
        var image = TestImages.Make(64, 64);
        var expected = engine.Translate(image).Pixels;
        using var started = new CountdownEvent(4);
        var threads = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Factory.StartNew(
                    () =>
                    {
                        bool first = true;
                        try
                        {
                            while (true)
                            {
                                Assert.Equal(expected, engine.Translate(image).Pixels);
                                if (first)
                                    started.Signal();
                                first = false;
                            }
                        }
                        catch (ObjectDisposedException)
                        {
                            return true;
                        }
                    },
                    TaskCreationOptions.LongRunning
                )
            )
            .ToArray();
        started.Wait(TestContext.Current.CancellationToken);
        engine.Dispose();
        engine.Dispose();
        await Task.WhenAll(threads);
        Assert.Throws<ObjectDisposedException>(() => engine.Translate(image));
    }

    [Fact]
    public void Missing_files_and_damaged_models_are_named()
    {
        Assert.Contains(
            "nowhere.onnx",
            Assert.Throws<FileNotFoundException>(() => new TranslationEngine("nowhere.onnx")).Message
        );
        Assert.Throws<InvalidOperationException>(() => new TranslationEngine([1, 2, 3, 4, 5]));
        var cut = TestModels.Export(TestModels.Strided);
        Assert.Throws<InvalidOperationException>(() => new TranslationEngine(cut[..(cut.Length / 2)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationEngine(cut, new() { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationEngine(cut, new() { GpuDeviceId = -1 }));
    }

    [Fact]
    public void Missing_CUDA_is_an_error_unless_the_CPU_is_allowed()
    {
        Assert.SkipWhen(OnnxRuntimeLibrary.HasCuda, "This machine's ONNX Runtime has CUDA.");
        var bytes = TestModels.Export(TestModels.Convolution);
        var failure = Assert.Throws<CudaNotUsableException>(() =>
            new TranslationEngine(bytes, new() { Device = TranslationDevice.Cuda })
        );
        Assert.Contains(nameof(TranslationEngineOptions.FallbackToCpu), failure.Message);
        Assert.Throws<CudaNotUsableException>(() => new TranslationEngine(bytes, new() { GpuDeviceId = 0 }));
        using var allowed = new TranslationEngine(
            bytes,
            new() { Device = TranslationDevice.Cuda, FallbackToCpu = true }
        );
        Assert.Equal("CPUExecutionProvider", allowed.ActiveProvider);
        using var automatic = new TranslationEngine(bytes);
        Assert.Equal("CPUExecutionProvider", automatic.ActiveProvider);
    }
}
