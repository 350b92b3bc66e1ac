using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>A network of one 3x3 convolution with weights of a fixed seed.</summary>
internal static class SmallModel
{
    /// <summary>A generator: bytes in, bytes out.</summary>
    public static string Save(string file) => Save(file, new());

    /// <summary>A feature network: floats in, three maps of them out.</summary>
    public static string SaveFeatures(string file) => Save(file, new() { Interface = ModelInterface.FloatNchw });

    private static string Save(string file, OnnxExportOptions options)
    {
        var graph = new NetworkBuilder("test", new TensorShape(3, 8, 8))
            .Convolution("conv", 3, 3, 1, Padding.All(1))
            .Tanh("out")
            .Build();
        var weights = new StateDict();
        var random = new Random(1);
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name] = new(
                parameter.Shape,
                [.. Enumerable.Range(0, (int)parameter.Count).Select(_ => random.NextSingle() - 0.5f)]
            );
        OnnxExporter.Export(graph, weights, options, file);
        return file;
    }
}
