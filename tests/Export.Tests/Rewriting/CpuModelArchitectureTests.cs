using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>
/// Every architecture with every convolution rewritten that can be, whether it pays or not: images within one level,
/// numbers within 5e-4 of the largest (norms over the few pixels of a
/// bottleneck enlarge differences).
/// </summary>
public sealed class CpuModelArchitectureTests
{
    public static TheoryData<string> Names => [.. ArchitectureCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_the_same_result(string name)
    {
        var graph = ArchitectureCases.All[name].Graph;
        var statistics = ArchitectureCases.All[name].Option;
        var options = new OnnxExportOptions { NormStatistics = statistics, Interface = ModelInterface.FloatNchw };
        using var folder = new TemporaryFolder();
        var direct = Export(graph, options, folder.File("direct.onnx"));
        long channels = OnnxModelInfo.Read(direct).Inputs[0].Sides[1]!.Value;
        long[] shape = [2, channels, graph.Input.Height, graph.Input.Width];
        float[] input = RandomNetworks.Input((int)shape.Aggregate((product, side) => product * side));

        var expected = Run<float>(folder.File("direct.onnx"), input, shape);
        double largest = expected.Max(Math.Abs);

        foreach (bool severalThreads in new[] { false, true })
        {
            if (Rewrite(direct, graph, severalThreads) is not { } rewritten)
                continue;
            File.WriteAllBytes(folder.File("cpu.onnx"), rewritten.Bytes);
            var actual = Run<float>(folder.File("cpu.onnx"), input, shape);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
                Assert.InRange(actual[i] - expected[i], -5e-4 * largest, 5e-4 * largest);
        }
    }

    [Theory]
    [InlineData("resnet-2", 32, 36)]
    [InlineData("unet-32", 64, 32)]
    [InlineData("plain-unet", 64, 64)]
    [InlineData("keras-resnet-6", 48, 20)]
    public void Images_differ_by_one_level_at_most(string architecture, int height, int width)
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = architecture,
                Filters = 16,
                Size = architecture.Contains("resnet", StringComparison.Ordinal) ? 32 : null,
            }
        );
        using var folder = new TemporaryFolder();
        var direct = Export(graph, new() { Precision = WeightPrecision.Float16 }, folder.File("direct.onnx"));
        var image = new byte[2 * height * width * 3];
        new Random(3).NextBytes(image);

        var expected = Run<byte>(folder.File("direct.onnx"), image, 2, height, width, 3);
        foreach (bool severalThreads in new[] { false, true })
        {
            var rewritten = Rewrite(direct, graph, severalThreads);
            Assert.True(rewritten?.Convolutions > 3);
            File.WriteAllBytes(folder.File("cpu.onnx"), rewritten.Bytes);
            var actual = Run<byte>(folder.File("cpu.onnx"), image, 2, height, width, 3);
            for (int i = 0; i < expected.Length; i++)
                Assert.InRange(actual[i] - expected[i], -1, 1);
        }
    }

    private static byte[] Export(NetworkGraph graph, OnnxExportOptions options, string path)
    {
        OnnxExporter.Export(graph, RandomNetworks.Weights(graph), options, path);
        return File.ReadAllBytes(path);
    }

    private static CpuModel? Rewrite(byte[] model, NetworkGraph graph, bool severalThreads) =>
        CpuModel.Rewrite(
            model,
            new(graph.Input.Width, graph.Input.Height),
            long.MaxValue,
            severalThreads ? 2 : 1,
            ConvolutionModel.EverythingThatFits
        );

    private static T[] Run<T>(string model, T[] input, params long[] shape)
        where T : unmanaged
    {
        using var runner = new OnnxRunner(model);
        return runner.Run<T, T>(input, shape).Values;
    }
}
