using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>A generator of one 3x3 convolution with weights of a fixed seed.</summary>
internal static class SmallModel
{
    public static string Save(string file)
    {
        var graph = new NetworkBuilder("test", new TensorShape(3, 8, 8)).Convolution("conv", 3, 3, 1, Padding.All(1)).Tanh("out").Build();
        var weights = new StateDict();
        var random = new Random(1);
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name] = new(parameter.Shape, [.. Enumerable.Range(0, (int)parameter.Count).Select(_ => random.NextSingle() - 0.5f)]);
        OnnxExporter.Export(graph, weights, new(), file);
        return file;
    }
}
