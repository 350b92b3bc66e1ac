using System.Runtime.InteropServices;
using System.Text.Json;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Every architecture exported with the float interface gives what PyTorch gives.</summary>
public sealed class TorchParityTests(TorchParityTests.Expectations expectations)
    : IClassFixture<TorchParityTests.Expectations>
{
    public static TheoryData<string> Names => [.. ArchitectureCases.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Equals_PyTorch(string name)
    {
        Assert.SkipWhen(expectations.WhyMissing is not null, expectations.WhyMissing ?? "");
        var (graph, statistics, shape) = (
            ArchitectureCases.All[name].Graph,
            ArchitectureCases.All[name].Option,
            ArchitectureCases.All[name].InputShape
        );
        var path = expectations.Folder.File(name + ".onnx");
        OnnxExporter.Export(
            graph,
            RandomNetworks.Weights(graph),
            new() { Interface = ModelInterface.FloatNchw, NormStatistics = statistics },
            path
        );

        using var runner = new OnnxRunner(path);
        var input = RandomNetworks.Input((int)shape.Aggregate(1L, (product, side) => product * side));
        var expected = MemoryMarshal
            .Cast<byte, float>(File.ReadAllBytes(expectations.Folder.File(name + ".expected")))
            .ToArray();
        var (actual, actualShape) = runner.Run<float, float>(
            Gray(input, graph, shape),
            shape[0],
            Math.Max(shape[1], graph.Input.Channels == 1 ? 3 : 1),
            shape[2],
            shape[3]
        );

        var expectedShape = JsonSerializer.Deserialize<long[]>(
            File.ReadAllText(expectations.Folder.File(name + ".shape"))
        )!;
        bool grayOut = graph is { Input.Channels: 1, Output.Channels: 1 };
        if (grayOut)
            (actual, actualShape) = (
                FirstOfThree(actual, actualShape),
                [actualShape[0], 1, actualShape[2], actualShape[3]]
            );
        Assert.Equal(expectedShape, actualShape);
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= 1e-4 * scale, $"largest difference {worst} at values up to {scale}");
        // A dead network would pass everything.
        Assert.True(expected.Max() - expected.Min() > 1e-3, "the expected output is constant");
    }

    // The interface has three channels: a gray image is three equal ones.
    private static float[] Gray(float[] input, NetworkGraph graph, long[] shape)
    {
        if (graph.Input.Channels != 1)
            return input;
        int plane = (int)(shape[2] * shape[3]);
        return
        [
            .. Enumerable
                .Range(0, (int)shape[0])
                .SelectMany(n => Enumerable.Repeat(input.Skip(n * plane).Take(plane), 3).SelectMany(values => values)),
        ];
    }

    private static float[] FirstOfThree(float[] values, long[] shape)
    {
        int plane = (int)(shape[2] * shape[3]);
        for (int n = 0; n < shape[0]; n++)
        for (int i = 0; i < plane; i++)
            Assert.True(
                values[n * 3 * plane + i] == values[(n * 3 + 1) * plane + i]
                    && values[n * 3 * plane + i] == values[(n * 3 + 2) * plane + i]
            );
        return [.. Enumerable.Range(0, (int)shape[0]).SelectMany(n => values.Skip(n * 3 * plane).Take(plane))];
    }

    /// <summary>PyTorch's outputs for all cases, made by one Python process.</summary>
    public sealed class Expectations : IDisposable
    {
        public Expectations()
        {
            WhyMissing = PythonOracle.WhyMissing("torch", "numpy");
            if (WhyMissing is not null)
                return;
            foreach (var (name, item) in ArchitectureCases.All)
            {
                var weights = RandomNetworks.Weights(item.Graph);
                File.WriteAllText(
                    Folder.File(name + ".json"),
                    $$"""
                    {"graph": {{item.Graph.ToJson()}}, "statistics": "{{item.Statistics.ToString().ToLowerInvariant()}}", "input": {{JsonSerializer.Serialize(
                        item.InputShape
                    )}},
                     "weights": [{{string.Join(
                        ", ",
                        weights.Names.Select(tensor => $"[\"{tensor}\", [{string.Join(", ", weights[tensor].Shape)}]]")
                    )}}]}
                    """
                );
                using (var file = File.Create(Folder.File(name + ".weights")))
                    foreach (var tensor in weights.Names)
                        file.Write(MemoryMarshal.AsBytes(weights[tensor].Values.AsSpan()));
                File.WriteAllBytes(
                    Folder.File(name + ".input"),
                    MemoryMarshal
                        .AsBytes(
                            RandomNetworks
                                .Input((int)item.InputShape.Aggregate(1L, (product, side) => product * side))
                                .AsSpan()
                        )
                        .ToArray()
                );
            }
            PythonOracle.Run(Resources.Script("run_graphs.py"), Folder.Path);
        }

        public TemporaryFolder Folder { get; } = new();

        public string? WhyMissing { get; }

        public void Dispose() => Folder.Dispose();
    }
}
