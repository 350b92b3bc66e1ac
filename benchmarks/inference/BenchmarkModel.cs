using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Benchmarks.Inference;

/// <summary>A generator with random weights: speed does not depend on what it has learned.</summary>
internal static class BenchmarkModel
{
    public static string Write(string architecture, int? filters, int size, string folder)
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = architecture, Filters = filters });
        var random = new Random(1);
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
        {
            var values = new float[parameter.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = parameter.Kind == ParameterKind.RunningVariance ? 1 : (random.NextSingle() - 0.5f) * 0.04f;
            weights[parameter.Name] = new(parameter.Shape, values);
        }
        string file = Path.Combine(folder, $"{architecture}.onnx");
        OnnxExporter.Export(graph, weights, new() { TrainingSize = new(size, size) }, file);
        return file;
    }
}
