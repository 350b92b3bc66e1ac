using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class TranslationEngineTests
{
    private static readonly TranslationEngineOptions s_cpu = new() { Device = TranslationDevice.Cpu, Threads = 1 };

    [Fact]
    public void Gives_what_a_bare_session_gives()
    {
        var bytes = TestModels.Export(TestModels.Strided);
        var picture = TestPictures.Make(24, 16);
        using var session = new InferenceSession(bytes);
        using var input = OrtValue.CreateTensorValueFromMemory(picture.Pixels, [1, 16, 24, 3]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["image"], [input], ["translated"]);
        using var engine = new TranslationEngine(bytes, s_cpu);
        Assert.Equal(outputs[0].GetTensorDataAsSpan<byte>().ToArray(), engine.Translate(picture).Pixels);
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
        var picture = TestPictures.Make(width, height);
        var padding = PicturePadding.ToMultiple(height, width, 4);
        var padded = new RgbImage(padding.PaddedWidth, padding.PaddedHeight);
        padding.Pad(picture.Pixels, padded.Pixels);
        var expected = ImageGeometry.Crop(exact.Translate(padded), padding.Left, padding.Top, width, height);
        var result = engine.Translate(picture);
        Assert.Equal((width, height), (result.Width, result.Height));
        Assert.Equal(expected.Pixels, result.Pixels);
        Assert.Equal(expected.Pixels, engine.Translate(picture.Pixels, width, height));
    }

    [Theory]
    [InlineData(1, TranslationScheduling.Latency)]
    [InlineData(3, TranslationScheduling.Latency)]
    [InlineData(2, TranslationScheduling.Throughput)]
    [InlineData(2, TranslationScheduling.Measure)]
    [InlineData(1, TranslationScheduling.Auto)]
    public void A_batch_of_mixed_sizes_equals_one_by_one(int batchSize, TranslationScheduling scheduling)
    {
        var bytes = TestModels.Export(TestModels.Normalized);
        using var single = new TranslationEngine(bytes, s_cpu);
        using var engine = new TranslationEngine(bytes, s_cpu with { BatchSize = batchSize, Scheduling = scheduling, Threads = 2 });
        RgbImage[] pictures = [.. Enumerable.Range(0, 9).Select(i => TestPictures.Make(8 + i % 2 * 3, 8 + i % 3, i))];
        var results = engine.Translate(pictures);
        Assert.Equal(pictures.Length, results.Count);
        for (int i = 0; i < pictures.Length; i++) Assert.Equal(single.Translate(pictures[i]).Pixels, results[i].Pixels);
        Assert.Empty(engine.Translate([]));
        Assert.Equal(results[0].Pixels, engine.Translate(pictures[0]).Pixels);
        if (scheduling == TranslationScheduling.Auto) Assert.Equal((2, 2), (engine.ParallelRuns, engine.PreferredBatch));
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Translate(pictures));
        Assert.Throws<ObjectDisposedException>(() => engine.Translate(pictures[0]));
    }

    [Fact]
    public void The_float_interface_gives_the_same_pixels()
    {
        using var bytes = new TranslationEngine(TestModels.Export(TestModels.Strided), s_cpu);
        using var floats = new TranslationEngine(TestModels.Export(TestModels.Strided, new() { Interface = ModelInterface.FloatNchw }), s_cpu);
        var picture = TestPictures.Make(21, 13);
        var (a, b) = (bytes.Translate(picture).Pixels, floats.Translate(picture).Pixels);
        Assert.All(a.Zip(b), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.True(a.Zip(b).Count(pair => pair.First != pair.Second) < a.Length / 100);
    }

    [Fact]
    public void A_model_of_one_size_resizes_and_resizes_back()
    {
        var fixedModel = TestModels.Export(TestModels.Strided, new() { FixedSize = new(16, 20) });
        using var engine = new TranslationEngine(fixedModel, s_cpu);
        using var free = new TranslationEngine(TestModels.Export(TestModels.Strided), s_cpu);
        Assert.Equal(new PictureSize(16, 20), engine.FixedSize);
        var fits = TestPictures.Make(20, 16);
        Assert.Equal(free.Translate(fits).Pixels, engine.Translate(fits).Pixels);
        var other = TestPictures.Make(31, 27);
        var expected = ImageResizer.Resize(free.Translate(ImageResizer.Resize(other, 20, 16)), 31, 27);
        Assert.Equal(expected.Pixels, engine.Translate(other).Pixels);
    }

    [Fact]
    public void Resizing_modes_go_by_the_training_size()
    {
        var bytes = TestModels.Export(TestModels.Strided, new() { TrainingSize = new(12, 16) });
        using var plain = new TranslationEngine(bytes, s_cpu);
        using var resized = new TranslationEngine(bytes, s_cpu with { Mode = TranslationMode.ResizeToTraining });
        using var back = new TranslationEngine(bytes, s_cpu with { Mode = TranslationMode.ResizeToTrainingAndBack });
        var picture = TestPictures.Make(40, 30);
        var expected = plain.Translate(ImageResizer.Resize(picture, 16, 12));
        Assert.Equal(expected.Pixels, resized.Translate(picture).Pixels);
        Assert.Equal(new PictureSize(12, 16), resized.ResultSize(new(30, 40)));
        Assert.Equal(ImageResizer.Resize(expected, 40, 30).Pixels, back.Translate(picture).Pixels);
    }

    [Fact]
    public void The_exact_mode_names_sizes_that_do_not_fit()
    {
        using var engine = new TranslationEngine(TestModels.Export(TestModels.Strided), s_cpu with { Mode = TranslationMode.Exact });
        var failure = Assert.Throws<ArgumentException>(() => engine.Translate(TestPictures.Make(10, 8)));
        Assert.Contains("10x8", failure.Message);
        Assert.Contains("multiples of 4", failure.Message);
    }

    [Fact]
    public void MLImages_are_composed_on_white_and_stay_the_callers()
    {
        using var engine = new TranslationEngine(TestModels.Export(TestModels.Convolution), s_cpu);
        var picture = TestPictures.Make(6, 5);
        using var image = picture.ToMLImage();
        using var result = engine.Translate(image);
        Assert.Equal(engine.Translate(picture).Pixels, result.ToRgbImage().Pixels);
        Assert.Equal(6, image.Width);
    }

    [Fact]
    public async Task Many_threads_get_what_one_gets()
    {
        using var engine = new TranslationEngine(TestModels.Export(TestModels.Strided), s_cpu with { ParallelRuns = 2, Threads = 2 });
        RgbImage[] pictures = [.. Enumerable.Range(0, 16).Select(i => TestPictures.Make(9 + i % 5, 8 + i % 3, i))];
        byte[][] expected = [.. pictures.Select(picture => engine.Translate(picture).Pixels)];
        var threads = Enumerable.Range(0, 8).Select(start => Task.Factory.StartNew(() =>
        {
            for (int k = 0; k < pictures.Length * 2; k++)
            {
                int i = (start * 3 + k) % pictures.Length;
                Assert.Equal(expected[i], engine.Translate(pictures[i]).Pixels);
            }
        }, TaskCreationOptions.LongRunning)).ToArray();
        await Task.WhenAll(threads);
    }

    [Fact]
    public async Task Disposing_under_load_lets_runs_finish_and_refuses_new_ones()
    {
        var engine = new TranslationEngine(TestModels.Export(TestModels.Strided), s_cpu with { ParallelRuns = 2, Threads = 2 });
        var picture = TestPictures.Make(64, 64);
        var expected = engine.Translate(picture).Pixels;
        using var started = new CountdownEvent(4);
        var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            bool first = true;
            try
            {
                while (true)
                {
                    Assert.Equal(expected, engine.Translate(picture).Pixels);
                    if (first) started.Signal();
                    first = false;
                }
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        }, TaskCreationOptions.LongRunning)).ToArray();
        started.Wait(TestContext.Current.CancellationToken);
        engine.Dispose();
        engine.Dispose();
        await Task.WhenAll(threads);
        Assert.Throws<ObjectDisposedException>(() => engine.Translate(picture));
    }

    [Fact]
    public void Missing_files_and_damaged_models_are_named()
    {
        Assert.Contains("nowhere.onnx", Assert.Throws<FileNotFoundException>(() => new TranslationEngine("nowhere.onnx")).Message);
        Assert.Throws<InvalidOperationException>(() => new TranslationEngine([1, 2, 3, 4, 5]));
        var cut = TestModels.Export(TestModels.Strided);
        Assert.Throws<InvalidOperationException>(() => new TranslationEngine(cut[..(cut.Length / 2)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationEngine(cut, new() { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationEngine(cut, new() { GpuDeviceId = -1 }));
    }

    [Fact]
    public void Missing_CUDA_is_an_error_unless_the_CPU_is_allowed()
    {
        Assert.SkipWhen(SessionFactory.HasCuda, "This machine's ONNX Runtime has CUDA.");
        var bytes = TestModels.Export(TestModels.Convolution);
        var failure = Assert.Throws<InvalidOperationException>(() => new TranslationEngine(bytes, new() { Device = TranslationDevice.Cuda }));
        Assert.Contains(nameof(TranslationEngineOptions.AllowCpuFallback), failure.Message);
        Assert.Throws<InvalidOperationException>(() => new TranslationEngine(bytes, new() { GpuDeviceId = 0 }));
        using var allowed = new TranslationEngine(bytes, new() { Device = TranslationDevice.Cuda, AllowCpuFallback = true });
        Assert.Equal("CPUExecutionProvider", allowed.ActiveProvider);
        using var automatic = new TranslationEngine(bytes);
        Assert.Equal("CPUExecutionProvider", automatic.ActiveProvider);
    }
}
