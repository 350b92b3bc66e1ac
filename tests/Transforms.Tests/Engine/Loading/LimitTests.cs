using System.Globalization;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>What a model may take: refused before it takes it where the graph tells, else stopped.</summary>
[Collection(ProcessMemoryCollection.Name)]
public sealed class LimitTests(LargeModels models) : IClassFixture<LargeModels>
{
    private static readonly TranslationEngineOptions s_cpu = new()
    {
        Device = TranslationDevice.Cpu,
        Threads = 1,
        PixelRange = PixelRange.ZeroToOne,
    };

    [Theory]
    [InlineData("attributes", "6.4 GB")]
    [InlineData("computed", "3.072 GB")]
    [InlineData("constant-of-shape", "12.0 GB")]
    [InlineData("expand", "GB")]
    [InlineData("if", "4.8 GB")]
    [InlineData("loop", "3.221 GB")]
    [InlineData("pad", "4.808 GB")]
    [InlineData("random", "8.0 GB")]
    [InlineData("range", "24.0 GB")]
    [InlineData("resize", "4.8 GB")]
    [InlineData("scales", "3.072 GB")]
    [InlineData("sparse", "8.0 GB")]
    [InlineData("tile", "3.072 GB")]
    [InlineData("transposed", "2.701 GB")]
    [InlineData("upsample", "3.072 GB")]
    public void A_value_between_two_operators_is_refused_before_it_is_made(string name, string size)
    {
        long before = Environment.WorkingSet;
        var failure = Assert.ThrowsAny<ArgumentException>(() => new TranslationEngine(models.File(name), s_cpu));
        Assert.Equal(nameof(TranslationEngineOptions.MaxRunBytes), failure.ParamName);
        Assert.Contains($"{name}.onnx", failure.Message);
        Assert.Contains(size, failure.Message);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 1_500_000_000);
    }

    [Fact]
    public void A_value_that_grows_with_the_square_of_the_image_is_refused_for_large_images()
    {
        long before = Environment.WorkingSet;
        using var engine = new TranslationEngine(models.File("matmul"), s_cpu with { TilePixels = 0 });
        var small = TestImages.Make(24, 16);
        Assert.Equal(small.Pixels, engine.Translate(small).Pixels);
        // (128 * 128 * 3)^2 values of 4 bytes.
        var failure = Assert.ThrowsAny<ArgumentException>(() => engine.Translate(TestImages.Make(128, 128)));
        Assert.Equal(nameof(TranslationEngineOptions.MaxRunBytes), failure.ParamName);
        Assert.Contains("9.66", failure.Message);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 1_500_000_000);
    }

    [Fact]
    public void The_limit_can_be_set()
    {
        var image = TestImages.Make(64, 48);
        using var engine = new TranslationEngine(models.File("wide"), s_cpu);
        Assert.Equal(64 * 48 * 3, engine.Translate(image).Pixels.Length);
        var failure = Assert.ThrowsAny<ArgumentException>(() =>
            new TranslationEngine(models.File("wide"), s_cpu with { MaxRunBytes = 100_000 })
        );
        Assert.Equal(nameof(TranslationEngineOptions.MaxRunBytes), failure.ParamName);
    }

    [Fact]
    public void An_image_that_would_take_too_much_is_cut_into_tiles_that_do_not()
    {
        var image = TestImages.Make(700, 500);
        var options = s_cpu with { SizeMultiple = 1, TileOverlap = 8 };
        using var free = new TranslationEngine(models.File("wide"), options);
        // 256 values of 4 bytes a pixel: the image would take 360 MB.
        using var bound = new TranslationEngine(models.File("wide"), options with { MaxRunBytes = 120_000_000 });
        Assert.Equal(free.Translate(image).Pixels, bound.Translate(image).Pixels);
        using var whole = new TranslationEngine(
            models.File("wide"),
            options with
            {
                MaxRunBytes = 120_000_000,
                TilePixels = 0,
            }
        );
        var failure = Assert.ThrowsAny<ArgumentException>(() => whole.Translate(image));
        Assert.Equal(nameof(TranslationEngineOptions.MaxRunBytes), failure.ParamName);
        Assert.Equal(64 * 3, whole.Translate(TestImages.Make(8, 8)).Pixels.Length);
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(8192, nameof(TranslationEngineOptions.MaxRunBytes))]
    [InlineData(16384, nameof(TranslationEngineOptions.MaxRunPixels))]
    public void A_card_that_makes_every_image_huge_is_refused(int multiple, string? option)
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("onnx") is not null, PythonOracle.WhyMissing("onnx") ?? "");
        var graph = new NetworkBuilder("test-wide", new TensorShape(3, 16, 16))
            .Convolution("first", 16, 3, 1, new Padding(1, 1, 1, 1))
            .Relu("relu")
            .Convolution("last", 3, 3, 1, new Padding(1, 1, 1, 1))
            .Tanh("out")
            .Build();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("m.onnx"), TestModels.Export(graph));
        PythonOracle.Run(
            """
            import sys, onnx, re
            m = onnx.load(sys.argv[1])
            for p in m.metadata_props:
                if p.key == 'imt.model_card': p.value, n = re.subn(r'"sizeMultiple":\s*\d+', '"sizeMultiple": ' + sys.argv[2], p.value); assert n == 1
            onnx.save(m, sys.argv[1])
            """,
            folder.File("m.onnx"),
            multiple.ToString(CultureInfo.InvariantCulture)
        );
        var options = s_cpu with { PixelRange = null };
        if (option is null)
        {
            using var engine = new TranslationEngine(folder.File("m.onnx"), options);
            Assert.Equal(8 * 8 * 3, engine.Translate(TestImages.Make(8, 8)).Pixels.Length);
            return;
        }
        var failure = Assert.ThrowsAny<ArgumentException>(() => new TranslationEngine(folder.File("m.onnx"), options));
        Assert.Equal(option, failure.ParamName);
    }

    [Fact]
    public void What_the_graph_does_not_tell_is_watched()
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() =>
            new TranslationEngine(models.File("by-content"), s_cpu with { MaxRunBytes = 300_000_000 })
        );
        Assert.Equal(nameof(TranslationEngineOptions.MaxRunBytes), failure.ParamName);
        Assert.Contains("by-content.onnx", failure.Message);
    }

    [Fact]
    public void Loading_is_stopped_in_time()
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() =>
            new TranslationEngine(models.File("many-nodes"), s_cpu with { MaxLoadSeconds = 0.05 })
        );
        Assert.Equal(nameof(TranslationEngineOptions.MaxLoadSeconds), failure.ParamName);
        Assert.Contains("many-nodes.onnx", failure.Message);
    }

    [Theory]
    [InlineData(
        "[ErrorCode:RuntimeException] Non-zero status code while running Conv node. Name:'c' std::bad_alloc",
        true
    )]
    [InlineData(
        "[ErrorCode:Fail] bfc_arena.cc AllocateRawInternal Failed to allocate memory for requested buffer",
        true
    )]
    [InlineData("[ErrorCode:Fail] CUDA failure 2: out of memory ; GPU=0", true)]
    [InlineData("[ErrorCode:Fail] Non-zero status code while running Add node. Name:'out of memory' axis", false)]
    [InlineData("[ErrorCode:InvalidArgument] Got invalid dimensions for input: bad_alloc", false)]
    public void Missing_memory_is_told_from_other_failures(string message, bool isMemory) =>
        Assert.Equal(isMemory, RuntimeFailure.SaysMemory(message));

    [Theory]
    [InlineData(
        "[ErrorCode:Fail] /onnxruntime_src/onnxruntime/core/graph/model.cc:256 onnxruntime::Model::Model(onnx::ModelProto&&, const std::function<int(int)>&) Unsupported model IR version: 99\n",
        "[ErrorCode:Fail] Unsupported model IR version: 99"
    )]
    [InlineData(
        "D:\\a\\_work\\1\\s\\onnxruntime\\core\\framework\\tensor.cc:33 onnxruntime::Tensor::Size() const (x)",
        "const (x)"
    )]
    [InlineData("Got: 3\n Expected: 4 (model.cc)", "Got: 3 Expected: 4 (model.cc)")]
    [InlineData("onnxruntime/a.cc:1 void f( without end", "void f( without end")]
    public void Messages_of_the_runtime_are_cleaned(string message, string expected) =>
        Assert.Equal(expected, RuntimeMessage.Clean(message));
}
