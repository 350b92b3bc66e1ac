using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>The uint8 interface scales, clips and rounds as documented, to the bit.</summary>
public sealed class ByteInterfaceTests
{
    [Fact]
    public void Equals_the_float_interface_with_scaling_and_rounding_outside()
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-32", Filters = 4 });
        using var bytes = new Exported(graph, new());
        using var floats = new Exported(graph, new() { Interface = ModelInterface.FloatNchw });
        var images = RandomNetworks.Bytes(2 * 32 * 64 * 3);

        var (actual, shape) = bytes.Runner.Run<byte, byte>(images, 2, 32, 64, 3);
        var input = new float[images.Length];
        ForEach(2, 3, 32, 64, (nchw, nhwc) => input[nchw] = images[nhwc] / 127.5f - 1);
        var output = floats.Runner.Run<float, float>(input, 2, 3, 32, 64).Values;
        var expected = new byte[images.Length];
        ForEach(
            2,
            3,
            32,
            64,
            (nchw, nhwc) =>
                expected[nhwc] = (byte)
                    MathF.Round(Math.Clamp((output[nchw] + 1) * 127.5f, 0, 255), MidpointRounding.ToEven)
        );

        Assert.Equal([2, 32, 64, 3], shape);
        Assert.Equal(expected, actual);
        Assert.True(actual.Distinct().Count() > 50);
    }

    [Fact]
    public void Identity_keeps_every_level()
    {
        using var model = new Exported(Pointwise(3, 3), new(), Diagonal(1, 0));
        var levels = Enumerable.Range(0, 256 * 3).Select(i => (byte)(i / 3)).ToArray();
        Assert.Equal(levels, model.Translate(levels, 1, 16, 16));
    }

    [Fact]
    public void Halves_round_to_even_and_values_beyond_the_range_are_clipped()
    {
        int found = 0;
        for (int level = 0; level < 255; level++)
        {
            // An output that is exactly level + 0.5 in float32 arithmetic, where there is one.
            float value = (level + 0.5f) / 127.5f - 1;
            if ((value + 1) * 127.5f != level + 0.5f)
                continue;
            if (++found % 16 != 1)
                continue;
            using var half = new Exported(Pointwise(3, 3), new(), Diagonal(0, value));
            Assert.All(half.Translate(new byte[3], 1, 1, 1), pixel => Assert.Equal(level + level % 2, pixel));
        }
        Assert.True(found > 32, $"only {found} halves can be made");
        using var low = new Exported(Pointwise(3, 3), new(), Diagonal(0, -3));
        using var high = new Exported(Pointwise(3, 3), new(), Diagonal(0, 3));
        Assert.Equal([0, 0, 0], low.Translate(new byte[3], 1, 1, 1));
        Assert.Equal([255, 255, 255], high.Translate(new byte[3], 1, 1, 1));
    }

    [Fact]
    public void Gray_networks_read_Pillows_luminance_and_give_three_equal_channels()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("PIL") is not null, PythonOracle.WhyMissing("PIL") ?? "");
        var pixels = RandomNetworks.Bytes(256 * 256 * 3);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("rgb"), pixels);
        PythonOracle.Run(
            """
            import sys
            from PIL import Image
            rgb = Image.frombytes("RGB", (256, 256), open(sys.argv[1] + "/rgb", "rb").read())
            open(sys.argv[1] + "/gray", "wb").write(rgb.convert("L").tobytes())
            """,
            folder.Path
        );

        using var model = new Exported(Pointwise(1, 1), new(), Diagonal(1, 0, channels: 1));
        var translated = model.Translate(pixels, 1, 256, 256);

        Assert.Equal(
            File.ReadAllBytes(folder.File("gray")).SelectMany(level => Enumerable.Repeat(level, 3)),
            translated
        );
    }

    [Theory, InlineData(1, 3), InlineData(3, 1)]
    public void Channels_in_and_out_may_differ(int input, int output)
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "unet-16",
                Filters = 4,
                InputChannels = input,
                OutputChannels = output,
            }
        );
        using var model = new Exported(graph, new());
        Assert.Equal(
            [1, 16, 32, 3],
            model.Runner.Run<byte, byte>(RandomNetworks.Bytes(16 * 32 * 3), 1, 16, 32, 3).Shape
        );
    }

    private static NetworkGraph Pointwise(int input, int output) =>
        new NetworkBuilder("pointwise", new(input, 8, 8)).Convolution("c", output, 1).Build();

    private static StateDict Diagonal(float scale, float offset, int channels = 3)
    {
        var weight = new float[channels * channels];
        for (int i = 0; i < channels; i++)
            weight[i * channels + i] = scale;
        return new()
        {
            ["c.weight"] = new([channels, channels, 1, 1], weight),
            ["c.bias"] = new([channels], [.. Enumerable.Repeat(offset, channels)]),
        };
    }

    private static void ForEach(int count, int channels, int height, int width, Action<int, int> visit)
    {
        for (int n = 0; n < count; n++)
        for (int c = 0; c < channels; c++)
        for (int i = 0; i < height * width; i++)
            visit((n * channels + c) * height * width + i, (n * height * width + i) * channels + c);
    }
}
