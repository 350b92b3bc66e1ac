using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>What the engine does on a GPU, by a double on the CPU.</summary>
public sealed class GpuTests
{
    private const string Cpu = "CPUExecutionProvider",
        Cuda = "CUDAExecutionProvider";

    private static readonly byte[] s_model = TestModels.Export(TestModels.Strided);

    [Fact]
    public void Every_run_gets_its_own_pixels()
    {
        using var cpu = new TranslationEngine(s_model, new() { Device = TranslationDevice.Cpu, Threads = 1 });
        using var gpu = new TranslationEngine(s_model, new(), new GpuDouble());
        Assert.Equal(Cuda, gpu.ActiveProvider);
        // Two images of one size, another size, the first size again, and a batch.
        var images = new[] { (24, 16), (24, 16), (20, 9), (24, 16) }
            .Select((size, i) => TestImages.Make(size.Item1, size.Item2, i))
            .ToArray();
        var expected = images.Select(image => cpu.Translate(image).Pixels).ToArray();
        Assert.NotEqual(expected[0], expected[1]);
        for (int i = 0; i < images.Length; i++)
            Assert.Equal(expected[i], gpu.Translate(images[i]).Pixels);
        Assert.Equal(expected, gpu.Translate(images).Select(result => result.Pixels));
    }

    [Fact]
    public void What_keeps_CUDA_from_working_leads_to_the_CPU_or_is_said()
    {
        var without = new GpuDouble { WhyNoCuda = "cuDNN is missing" };
        using var automatic = new TranslationEngine(s_model, new(), without);
        Assert.Equal(Cpu, automatic.ActiveProvider);
        using var allowed = new TranslationEngine(
            s_model,
            new() { Device = TranslationDevice.Cuda, FallbackToCpu = true },
            without
        );
        Assert.Equal(Cpu, allowed.ActiveProvider);
        foreach (
            var asked in new TranslationEngineOptions[]
            {
                new() { Device = TranslationDevice.Cuda },
                new() { GpuDeviceId = 0 },
            }
        )
        {
            var failure = Assert.Throws<CudaNotUsableException>(() => new TranslationEngine(s_model, asked, without));
            Assert.Contains("cuDNN is missing", failure.Message);
        }
    }

    [Fact]
    public void A_model_that_the_card_cannot_take_runs_on_the_CPU_unless_CUDA_was_asked_for()
    {
        var full = new GpuDouble { RefusesSessions = true };
        using var automatic = new TranslationEngine(s_model, new(), full);
        Assert.Equal(Cpu, automatic.ActiveProvider);
        Assert.Throws<InvalidOperationException>(() =>
            new TranslationEngine(s_model, new() { Device = TranslationDevice.Cuda }, full)
        );
    }

    [Fact]
    public void The_attempt_runs_a_convolution()
    {
        Assert.Null(CudaAttempt.WhyNot(() => new SessionOptions()));
        Assert.Contains(
            "missing.so",
            CudaAttempt.WhyNot(() => throw new DllNotFoundException("Cannot load missing.so"))
        );
    }

    [Fact]
    public void A_GPU_that_is_not_there_is_named()
    {
        Assert.SkipWhen(OnnxRuntimeLibrary.HasCuda, "This machine's ONNX Runtime has CUDA.");
        Assert.Contains("built without CUDA", CudaAttempt.WhyNot(0));
    }

    [Fact]
    public void Tiles_are_sized_by_the_cards_memory()
    {
        // 2 kB a pixel in half of the memory: 2 images of 512 x 512 in a run.
        var card = new GpuDouble { FreeMemory = 2L * 2048 * 2 * 512 * 512 };
        using var gpu = new TranslationEngine(s_model, new() { BatchSize = 2 }, card);
        gpu.Translate(TestImages.Make(1200, 1000));
        Assert.All(card.Runs, pixels => Assert.InRange(pixels, 1, 2 * 512 * 512));
        Assert.True(card.Runs.Count > 1);
    }

    [Fact]
    public void Tiles_become_smaller_where_a_run_fails()
    {
        using var cpu = new TranslationEngine(
            s_model,
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = 1,
                TilePixels = 0,
            }
        );
        var card = new GpuDouble { FreeMemory = 8L << 30, MostPixels = 500 * 500 };
        using var gpu = new TranslationEngine(s_model, new() { BatchSize = 1 }, card);
        var image = TestImages.Make(900, 800);
        var (expected, result) = (cpu.Translate(image), gpu.Translate(image));
        Assert.All(expected.Pixels.Zip(result.Pixels), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
        // The next image does not fail again.
        int failed = card.Runs.Count(pixels => pixels > card.MostPixels);
        gpu.Translate(image);
        Assert.Equal(failed, card.Runs.Count(pixels => pixels > card.MostPixels));
    }

    [Fact]
    public void A_failure_at_every_size_is_told()
    {
        var card = new GpuDouble { MostPixels = 1 };
        using var gpu = new TranslationEngine(s_model, new(), card);
        Assert.Throws<InvalidOperationException>(() => gpu.Translate(TestImages.Make(900, 800)));
    }

    [Theory]
    [InlineData(ConvolutionSearch.Auto, TranslationMode.KeepSize, ConvolutionSearch.Heuristic)]
    [InlineData(ConvolutionSearch.Auto, TranslationMode.ResizeToTraining, ConvolutionSearch.Exhaustive)]
    [InlineData(ConvolutionSearch.Exhaustive, TranslationMode.KeepSize, ConvolutionSearch.Exhaustive)]
    public void Algorithms_are_searched_where_sizes_do_not_vary(
        ConvolutionSearch asked,
        TranslationMode mode,
        ConvolutionSearch expected
    )
    {
        var card = new GpuDouble();
        var options = new TranslationEngineOptions { ConvolutionSearch = asked, Mode = mode };
        if (mode == TranslationMode.ResizeToTraining)
            options = options with { Size = new(16, 16) };
        using var gpu = new TranslationEngine(s_model, options, card);
        Assert.All(card.Opened, settings => Assert.Equal(expected, settings.ConvolutionSearch));
    }
}
