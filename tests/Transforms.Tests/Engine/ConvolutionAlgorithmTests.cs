using System.Text;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// An engine that computes convolutions with fewer multiplications gives the same images, within one level.
/// </summary>
public sealed class ConvolutionAlgorithmTests(QuantizedModels models, ForeignConvolutions foreign)
    : IClassFixture<QuantizedModels>,
        IClassFixture<ForeignConvolutions>
{
    public static TheoryData<string> Architectures => [.. NetworkCatalog.Generators];

    // Wide enough for both of its inner convolutions to be rewritten.
    private static readonly byte[] s_model = TestModels.Export(
        new NetworkBuilder("test-wide", new TensorShape(3, 64, 64))
            .Convolution("first", 160, 1)
            .Normalization("norm1", NormalizationKind.Instance)
            .Relu("relu1")
            .Pad("pad", new Padding(1, 1, 1, 1), PaddingMode.Reflect)
            .Convolution("second", 160, 3)
            .Normalization("norm2", NormalizationKind.Instance)
            .Relu("relu2")
            .Convolution("third", 160, 3, 1, new Padding(1, 1, 1, 1))
            .Normalization("norm3", NormalizationKind.Instance)
            .Convolution("last", 3, 1)
            .Tanh("out")
            .Build()
    );

    [Theory]
    [InlineData(64, 64)]
    [InlineData(37, 90)]
    [InlineData(5, 6)]
    public void Auto_differs_from_direct_by_one_level_at_most(int width, int height)
    {
        var autoRuntime = new RecordingRuntime();
        var directRuntime = new RecordingRuntime();
        using var auto = Engine(s_model, ConvolutionAlgorithm.Auto, autoRuntime);
        using var direct = Engine(s_model, ConvolutionAlgorithm.Direct, directRuntime);
        // Several at a time: by the session for one image, and by the one for many.
        RgbImage[] images = [TestImages.Make(width, height), TestImages.Make(width, height, 1)];
        AssertClose(direct.Translate(images[0]), auto.Translate(images[0]));
        foreach (var (expected, actual) in direct.Translate(images).Zip(auto.Translate(images)))
            AssertClose(expected, actual);
        Assert.NotEmpty(autoRuntime.Contents);
        Assert.All(autoRuntime.Contents, Assert.NotNull);
        Assert.All(directRuntime.Contents, Assert.Null);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_architecture_gives_the_same_images(string name)
    {
        int? size = name.StartsWith("pix2pixhd", StringComparison.Ordinal) ? 256 : null;
        var options = new NetworkOptions
        {
            Architecture = name,
            Filters = 16,
            Size = size,
        };
        AssertSame(TestModels.ExportDeep(NetworkCatalog.Create(options)), [(45, 50)]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("half")]
    [InlineData("listed")]
    public void Models_made_elsewhere_give_the_same_images(string name) =>
        AssertSame(File.ReadAllBytes(foreign.File(name)), [(45, 50), (7, 5), (128, 66)]);

    [Fact]
    public void Small_networks_stay_as_they_are()
    {
        var runtime = new RecordingRuntime();
        using var engine = Engine(TestModels.Export(TestModels.Convolution), ConvolutionAlgorithm.Auto, runtime);
        Assert.All(runtime.Contents, Assert.Null);
    }

    [Theory]
    [InlineData("float", true)]
    [InlineData("static", false)]
    [InlineData("dynamic", false)]
    public void Models_that_quantize_inside_stay_as_they_are(string name, bool rewritten)
    {
        // One step of what is quantized is several levels of what comes out, so that no rounding may change.
        byte[] model = File.ReadAllBytes(models.File(name));
        var runtime = new RecordingRuntime();
        using var auto = Engine(model, ConvolutionAlgorithm.Auto, runtime);
        using var direct = Engine(model, ConvolutionAlgorithm.Direct, new());
        var image = TestImages.Make(65, 49);
        AssertClose(direct.Translate(image), auto.Translate(image));
        Assert.All(runtime.Contents, content => Assert.Equal(rewritten, content is not null));
    }

    [Fact]
    public void A_form_that_does_not_open_leaves_the_model_as_it_is()
    {
        var runtime = new RecordingRuntime { RefusesRewritten = true };
        using var engine = Engine(s_model, ConvolutionAlgorithm.Auto, runtime);
        Assert.Equal(2, runtime.Contents.Count);
        Assert.NotNull(runtime.Contents[0]);
        Assert.Null(runtime.Contents[1]);
        engine.Translate(TestImages.Make(16, 16));
    }

    [Fact]
    public void A_run_of_a_rewritten_model_is_counted_with_the_memory_that_it_adds()
    {
        // 36 values of 4 bytes for 16 pixels, of 160 channels in and out. The operator of our own holds but a few rows
        // of large images at a time.
        const long added = 36 * 4 * 320 / 16;
        Assert.Equal(0, Added(hasManaged: true));
        Assert.Equal(added, Added(hasManaged: false));
        var options = new TranslationEngineOptions { Device = TranslationDevice.Cpu };
        var model = EngineModel.FromBytes(s_model, options);
        var opener = new SessionOpener(OnnxRuntimeModels.Instance, model, options);
        Assert.Equal(0, opener.AddedBytesPerPixel);
        using var slots = opener.OpenFirst();
        Assert.Equal(ConvolutionOperator.IsSupported ? 0 : added, opener.AddedBytesPerPixel);

        static long Added(bool hasManaged)
        {
            Assert.NotNull(ModelRewriter.ForCpu(s_model, new(64, 64), long.MaxValue, 1, hasManaged, out long bytes));
            return bytes;
        }
    }

    [Fact]
    public void Other_values_are_refused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() =>
            Engine(s_model, (ConvolutionAlgorithm)99, new())
        );
        Assert.Contains("Auto, Direct", exception.Message);
    }

    // With one thread and with two: some forms differ.
    private static void AssertSame(byte[] model, (int Width, int Height)[] sizes)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            var runtime = new RecordingRuntime();
            using var auto = Engine(model, ConvolutionAlgorithm.Auto, runtime, threads);
            using var direct = Engine(model, ConvolutionAlgorithm.Direct, new(), threads);
            foreach (var (width, height) in sizes)
            {
                var image = TestImages.Make(width, height, threads);
                var expected = direct.Translate(image);
                // An image of one colour would show nothing.
                Assert.InRange(expected.Pixels.Distinct().Count(), 50, 256);
                AssertClose(expected, auto.Translate(image));
            }
            Assert.All(
                runtime.Contents,
                content => Assert.Equal(ConvolutionOperator.IsSupported, content is not null && UsesOperator(content))
            );
        }
    }

    private static bool UsesOperator(byte[] model) =>
        model.AsSpan().IndexOf(Encoding.UTF8.GetBytes(ManagedOperator.Outputs)) >= 0;

    private static TranslationEngine Engine(
        byte[] model,
        ConvolutionAlgorithm algorithm,
        RecordingRuntime runtime,
        int threads = 2
    ) =>
        new(
            model,
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = threads,
                ConvolutionAlgorithm = algorithm,
                PixelRange = PixelRange.MinusOneToOne,
            },
            runtime
        );

    private static void AssertClose(RgbImage expected, RgbImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        for (int i = 0; i < expected.Pixels.Length; i++)
            Assert.InRange(actual.Pixels[i] - expected.Pixels[i], -1, 1);
    }

    /// <summary>ONNX Runtime, and what it was given to open.</summary>
    private sealed class RecordingRuntime : IModelRuntime
    {
        public List<byte[]?> Contents { get; } = [];

        public bool RefusesRewritten { get; init; }

        public string? WhyNoCuda(int gpu) => "There is none here";

        public long? FreeMemory(int gpu) => null;

        public IModelSession Open(EngineModel model, SessionSettings settings)
        {
            Contents.Add(settings.Content);
            return RefusesRewritten && settings.Content is not null
                ? throw new InvalidOperationException("Out of memory.")
                : OnnxRuntimeModels.Instance.Open(model, settings);
        }
    }
}
