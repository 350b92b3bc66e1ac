using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Small networks with random weights, exported as ONNX.</summary>
internal static class TestModels
{
    /// <summary>One 3x3 convolution and tanh: any size, sees 3x3 pixels.</summary>
    public static NetworkGraph Convolution =>
        new NetworkBuilder("test-convolution", new TensorShape(3, 16, 16))
            .Convolution("conv", 3, 3, 1, new Padding(1, 1, 1, 1))
            .Tanh("out")
            .Build();

    /// <summary>Two strided convolutions down and two transposed ones up: sides are multiples of 4.</summary>
    public static NetworkGraph Strided =>
        new NetworkBuilder("test-strided", new TensorShape(3, 16, 16))
            .Convolution("down1", 4, 4, 2, new Padding(1, 1, 1, 1))
            .LeakyRelu("relu1")
            .Convolution("down2", 6, 4, 2, new Padding(1, 1, 1, 1))
            .Relu("relu2")
            .TransposedConvolution("up2", 4, 4, 2, new Padding(1, 1, 1, 1))
            .Relu("relu3")
            .TransposedConvolution("up1", 3, 4, 2, new Padding(1, 1, 1, 1))
            .Tanh("out")
            .Build();

    /// <summary>A convolution with instance normalization: every pixel depends on the whole image.</summary>
    public static NetworkGraph Normalized =>
        new NetworkBuilder("test-normalized", new TensorShape(3, 16, 16))
            .Convolution("conv", 4, 3, 1, new Padding(1, 1, 1, 1))
            .Normalization("norm", NormalizationKind.Instance)
            .Relu("relu")
            .Convolution("last", 3, 1)
            .Tanh("out")
            .Build();

    /// <summary>
    /// Planes of two colours (black is of no class) and of the edges between instances, as red, green and blue.
    /// </summary>
    public static NetworkGraph LabelPlanes => new("test-planes", new(6, 16, 16), [Labels]);

    /// <summary>Label image and instance image through a network of three channels.</summary>
    public static NetworkGraph WithInstances(NetworkGraph graph) =>
        new(
            graph.Name,
            graph.Input with
            {
                Channels = 6,
            },
            [
                Labels,
                .. graph.Layers.Select(layer =>
                    layer with
                    {
                        Inputs = [.. layer.Inputs.Select(name => name == NetworkGraph.InputName ? Labels.Name : name)],
                    }
                ),
            ]
        );

    private static LabelPlanesLayer Labels { get; } =
        new()
        {
            Name = "labels",
            Inputs = [NetworkGraph.InputName],
            Colors = [0xFF0000, 0x00FF00],
            IgnoredColors = [0x000000],
            Edges = true,
        };

    public static byte[] Export(NetworkGraph graph, OnnxExportOptions? options = null) =>
        Export(graph, Weights(graph), options);

    /// <summary>
    /// With weights that keep the size of the signal about constant: deep networks neither die nor explode.
    /// </summary>
    public static byte[] ExportDeep(NetworkGraph graph)
    {
        var random = new Random(6);
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
        {
            double fan =
                parameter.Count / (double)Math.Max(parameter.Shape[0], parameter.Shape[1 % parameter.Shape.Length]);
            float scale = parameter.Kind == ParameterKind.Weight ? (float)(4 / Math.Sqrt(fan)) : 0.4f,
                offset = parameter.Kind is ParameterKind.NormScale or ParameterKind.RunningVariance ? 1 : 0;
            var values = new float[parameter.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = offset + scale * (random.NextSingle() - 0.5f);
            weights[parameter.Name] = new(parameter.Shape, values);
        }
        return Export(graph, weights, null);
    }

    private static byte[] Export(NetworkGraph graph, StateDict weights, OnnxExportOptions? options)
    {
        using var stream = new MemoryStream();
        OnnxExporter.Export(graph, weights, options ?? new(), stream);
        return stream.ToArray();
    }

    public static string Save(NetworkGraph graph, string file, OnnxExportOptions? options = null)
    {
        File.WriteAllBytes(file, Export(graph, options));
        return file;
    }

    private static StateDict Weights(NetworkGraph graph)
    {
        var random = new Random(5);
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
        {
            var values = new float[parameter.Shape.Aggregate(1, (product, side) => product * side)];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)(random.NextDouble() - 0.5);
            weights[parameter.Name] = new(parameter.Shape, values);
        }
        return weights;
    }
}
