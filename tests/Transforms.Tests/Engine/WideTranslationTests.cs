using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class WideTranslationTests(WideTranslationTests.Models models)
    : IClassFixture<WideTranslationTests.Models>
{
    private const int Width = 29,
        Height = 18;

    private static RgbImage16 Image { get; } = Noise(Width, Height);

    public static TheoryData<string, PixelRange> Identities { get; } =
        new()
        {
            { "identity", PixelRange.ZeroToOne },
            { "identity", PixelRange.MinusOneToOne },
            { "identity", PixelRange.ZeroTo255 },
            { "old", PixelRange.MinusOneToOne }, // clips and rounds by older operators
            { "double", PixelRange.ZeroToOne },
            { "blocks", PixelRange.ZeroToOne }, // reads multiples of 4: pads and crops
            { "pair", PixelRange.ZeroToOne }, // two images a run
            { "last", PixelRange.MinusOneToOne }, // channels last
        };

    [Theory]
    [MemberData(nameof(Identities))]
    public void A_model_that_changes_nothing_gives_every_sample_back(string model, PixelRange range)
    {
        using var engine = new TranslationEngine(models.File(model), Cpu(range));
        var result = engine.Translate(Image);
        Assert.Equal((Width, Height), (result.Width, result.Height));
        Assert.Equal(Image.Pixels, result.Pixels);
    }

    [Theory]
    [InlineData("affine", 1, false)]
    [InlineData("affine", 1, true)]
    [InlineData("twice", 2, false)]
    public void Values_are_those_of_exact_arithmetic(string model, int scale, bool bgr)
    {
        using var engine = new TranslationEngine(
            models.File(model),
            Cpu(PixelRange.ZeroToOne) with
            {
                ColorOrder = bgr ? ColorOrder.Bgr : ColorOrder.Rgb,
            }
        );
        var result = engine.Translate(Image);
        Assert.Equal((Width * scale, Height * scale), (result.Width, result.Height));
        for (int i = 0; i < result.Pixels.Length; i++)
        {
            int x = i / 3 % result.Width / scale,
                y = i / 3 / result.Width / scale;
            double value = Image.Pixels[(y * Width + x) * 3 + i % 3] / 65535.0,
                expected = 65535 * (scale == 1 ? 0.5 * value + 0.1 : value);
            Assert.InRange(result.Pixels[i] - expected, -0.505, 0.505);
        }
    }

    [Fact]
    public void Values_outside_of_the_range_are_cut_off()
    {
        using var engine = new TranslationEngine(models.File("steep"), Cpu(PixelRange.ZeroToOne));
        var result = engine.Translate(new RgbImage16(2, 1, [0, 20000, 30000, 40000, 50000, 65535]));
        Assert.Equal([0, 7233, 27233, 47233, 65535, 65535], result.Pixels.Select(level => (int)level));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void An_exported_model_gives_what_its_network_gives(int channels)
    {
        var graph = new NetworkBuilder("test-wide", new TensorShape(channels, 16, 16))
            .Convolution("conv", channels, 3, 1, new Padding(1, 1, 1, 1))
            .Tanh("out")
            .Build();
        using var engine = new TranslationEngine(TestModels.Export(graph), new() { Device = TranslationDevice.Cpu });
        var result = engine.Translate(Image);
        float[] values = Run(
            TestModels.Export(graph, new() { Interface = ModelInterface.FloatNchw }),
            level => level / 32767.5f - 1
        );
        for (int i = 0; i < result.Pixels.Length; i++)
        {
            double expected = (values[i % 3 * Width * Height + i / 3] + 1.0) * 32767.5;
            // Shares of gray are written with three decimals, or as 65536ths: that is up to 0.4 of a level.
            double most = channels == 1 ? 1 : 0.6;
            Assert.InRange(result.Pixels[i] - expected, -most, most);
        }
        // And not only 256 levels of it.
        Assert.Contains(result.Pixels, level => level % 257 != 0);
    }

    [Fact]
    public void An_exported_model_gives_in_16_bits_what_it_gives_in_8()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new() { Device = TranslationDevice.Cpu, ConvolutionAlgorithm = ConvolutionAlgorithm.Direct }
        );
        var image = TestImages.Make(37, 22, 3);
        byte[] bytes = engine.Translate(image).Pixels;
        ushort[] wide = engine.Translate(RgbImage16.FromRgb(image)).Pixels;
        for (int i = 0; i < bytes.Length; i++)
            Assert.InRange(wide[i] / 257.0 - bytes[i], -0.51, 0.51);
    }

    [Fact]
    public void A_model_that_takes_or_gives_bytes_is_refused()
    {
        foreach (string name in (string[])["bytes", "bytes-out"])
        {
            using var engine = new TranslationEngine(models.File(name), Cpu(PixelRange.ZeroTo255));
            var error = Assert.Throws<NotSupportedException>(() => engine.Translate(Image));
            Assert.Contains("uint8", error.Message);
        }
    }

    [Fact]
    public void What_would_be_resized_is_refused()
    {
        using var one = new TranslationEngine(models.File("fixed"), Cpu(PixelRange.ZeroToOne));
        var error = Assert.Throws<ArgumentException>(() => one.Translate(Image));
        Assert.Contains("32x32", error.Message);
        var fits = Noise(32, 32);
        Assert.Equal(fits.Pixels, one.Translate(fits).Pixels);
        using var exact = new TranslationEngine(
            models.File("blocks"),
            Cpu(PixelRange.ZeroToOne) with
            {
                Mode = TranslationMode.Exact,
            }
        );
        Assert.Throws<ArgumentException>(() => exact.Translate(Image));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("blocks")]
    [InlineData("twice")]
    [InlineData("fixed-twice")]
    public void Tiles_give_what_the_whole_image_gives(string model)
    {
        var image = Noise(75, 50);
        var cpu = Cpu(PixelRange.ZeroToOne) with { TileOverlap = 6 };
        using var tiled = new TranslationEngine(models.File(model), cpu with { TilePixels = 700 });
        using var whole = new TranslationEngine(models.File(model.Replace("fixed-", "")), cpu with { TilePixels = 0 });
        Assert.Equal(whole.Translate(image).Pixels, tiled.Translate(image).Pixels);
    }

    [Fact]
    public void Statistics_of_the_whole_image_are_for_8_bits()
    {
        var options = new TranslationEngineOptions
        {
            Device = TranslationDevice.Cpu,
            TilePixels = 256,
            StatisticsPasses = 1,
        };
        using var engine = new TranslationEngine(TestModels.Export(TestModels.Normalized), options);
        Assert.Throws<NotSupportedException>(() => engine.Translate(Image));
        Assert.Equal(10, engine.Translate(Noise(10, 10)).Width);
    }

    [Fact]
    public void A_disposed_engine_says_so()
    {
        var engine = new TranslationEngine(models.File("identity"), Cpu(PixelRange.ZeroToOne));
        engine.Translate(Image);
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Translate(Image));
    }

    [Fact]
    public void A_folder_keeps_the_bits_and_the_range()
    {
        using var folder = new TemporaryFolder();
        var range = (Black: 0, White: 4095);
        ImageEncoder.Save(Image, folder.File("in/a.tif"), range);
        ImageEncoder.Save(Image, folder.File("in/sub/b.png"), range);
        File.WriteAllText(folder.File("in/bad.png"), "no image");
        using var engine = new TranslationEngine(models.File("identity"), Cpu(PixelRange.ZeroToOne));
        var options = new FolderTranslationOptions
        {
            BitDepth = 16,
            Decoder = ImageDecoderOptions.Default with { ValueRange = range },
            OutputExtension = ".tif",
        };
        var done = new FolderTranslator(engine, options).Translate(folder.File("in"), folder.File("out"));
        Assert.Equal((2, 1), (done.Translated, done.Failed));
        var plain = ImageDecoderOptions.Default with { ValueRange = (0, 65535) };
        foreach (string name in (string[])["a.tif", "sub/b.tif"])
            Assert.Equal(
                Array.ConvertAll(Image.Pixels, level => (ushort)Math.Round(level * 4095 / 65535.0)),
                ImageDecoder.DecodeWide(folder.File("out/" + name), plain).Pixels
            );
    }

    [Fact]
    public void A_folder_is_not_begun_where_no_image_can_be_translated()
    {
        using var folder = new TemporaryFolder();
        ImageEncoder.Save(Image, folder.File("in/a.tif"));
        using var bytes = new TranslationEngine(models.File("bytes"), Cpu(PixelRange.ZeroTo255));
        Assert.Throws<NotSupportedException>(() => Translate(bytes, new() { BitDepth = 16 }));
        using var engine = new TranslationEngine(models.File("identity"), Cpu(PixelRange.ZeroToOne));
        Assert.Throws<ArgumentOutOfRangeException>(() => Translate(engine, new() { BitDepth = 12 }));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Translate(engine, new() { BitDepth = 16, OutputExtension = ".jpg" })
        );
        Assert.Throws<ArgumentException>(() =>
            Translate(
                engine,
                new()
                {
                    BitDepth = 16,
                    Decoder = new() { KeepAlpha = true },
                }
            )
        );
        Assert.False(Directory.Exists(folder.File("out")));

        void Translate(TranslationEngine by, FolderTranslationOptions options) =>
            new FolderTranslator(by, options).Translate(folder.File("in"), folder.File("out"));
    }

    private static TranslationEngineOptions Cpu(PixelRange range) =>
        new() { Device = TranslationDevice.Cpu, PixelRange = range };

    private static RgbImage16 Noise(int width, int height)
    {
        var samples = new ushort[width * height * 3];
        new Random(3).NextBytes(MemoryMarshal.AsBytes(samples.AsSpan()));
        (samples[0], samples[1]) = (0, 65535);
        return new(width, height, samples);
    }

    // The network by itself, on planes of floats.
    private static float[] Run(byte[] model, Func<ushort, float> value)
    {
        var planes = new float[Image.Pixels.Length];
        for (int i = 0; i < planes.Length; i++)
            planes[i % 3 * Width * Height + i / 3] = value(Image.Pixels[i]);
        using var session = new InferenceSession(model);
        using var input = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, Height, Width]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["image"], [input], ["translated"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Models that do nothing, or nearly nothing, to their input.</summary>
    public sealed class Models()
        : PythonModels(
            """
            import sys, numpy as np, onnx
            from onnx import TensorProto as T, helper as h, numpy_helper as n
            free = ['N', 3, 'H', 'W']
            def save(name, nodes, i=free, o=None, kinds=(T.FLOAT, T.FLOAT), opset=13, weights={}):
                graph = h.make_graph(nodes, name, [h.make_tensor_value_info('x', kinds[0], i)], [h.make_tensor_value_info('y', kinds[1], o or i)], [n.from_array(np.asarray(v), k) for k, v in weights.items()])
                onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid('', opset)], ir_version=7), f'{sys.argv[1]}/{name}.onnx')
            op = h.make_node
            same = [op('Identity', ['x'], ['y'])]
            save('identity', same); save('old', same, opset=9); save('double', same, kinds=(T.DOUBLE, T.DOUBLE))
            save('fixed', same, [1, 3, 32, 32]); save('pair', same, [2, 3, 'H', 'W']); save('last', same, ['N', 'H', 'W', 3])
            save('blocks', [op('SpaceToDepth', ['x'], ['t'], blocksize=4), op('DepthToSpace', ['t'], ['y'], blocksize=4)])
            def linear(name, a, b): save(name, [op('Mul', ['x', 'a'], ['t']), op('Add', ['t', 'b'], ['y'])], weights={'a': np.float32(a), 'b': np.float32(b)})
            linear('affine', 0.5, 0.1); linear('steep', 2, -32767 / 65535)
            for name, i, o in ('twice', free, ['N', 3, 'h', 'w']), ('fixed-twice', [1, 3, 32, 32], [1, 3, 64, 64]): save(name, [op('Resize', ['x', '', 's'], ['y'], mode='nearest', coordinate_transformation_mode='asymmetric', nearest_mode='floor')], i, o, weights={'s': np.float32([1, 1, 2, 2])})
            save('bytes', same, ['N', 'H', 'W', 3], kinds=(T.UINT8, T.UINT8))
            save('bytes-out', [op('Cast', ['x'], ['y'], to=T.UINT8)], kinds=(T.FLOAT, T.UINT8))
            """
        );
}
