using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>
/// What PatchGAN means (pix2pix paper, section 3.2.2): the logit at a place is what the same weights say about the
/// patch there, cut out and judged by itself.
/// </summary>
public sealed class PatchExtractionTests
{
    [Theory]
    [InlineData(1, NormalizationKind.None)]
    [InlineData(2, NormalizationKind.Batch)]
    [InlineData(3, NormalizationKind.None)]
    [InlineData(3, NormalizationKind.Batch)]
    public void Interior_logits_equal_those_of_their_patches(int layers, NormalizationKind norm)
    {
        const int side = 104;
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "patch",
                Layers = layers,
                Norm = norm,
                Filters = 4,
                InputChannels = 3,
                Size = side,
            }
        );
        var weights = RandomNetworks.Weights(graph);
        int field = graph.ReceptiveField;
        var (jump, start) = Geometry(graph);
        using var folder = new TemporaryFolder();
        using var whole = Runner(graph, weights, folder.File("whole.onnx"));
        using var single = Runner(WithoutPadding(graph, field), weights, folder.File("single.onnx"));

        var image = RandomNetworks.Input(3 * side * side);
        var (map, shape) = whole.Run<float, float>(image, 1, 3, side, side);
        int compared = 0;
        for (int row = 0; row < shape[2]; row++)
        for (int column = 0; column < shape[3]; column += 3)
        {
            int top = start + row * jump,
                left = start + column * jump;
            if (top < 0 || left < 0 || top + field > side || left + field > side)
                continue;
            var (logit, one) = single.Run<float, float>(Cut(image, side, left, top, field), 1, 3, field, field);
            Assert.Equal([1, 1, 1, 1], one);
            Assert.Equal(map[row * (int)shape[3] + column], logit[0], 1e-4f);
            compared++;
        }
        Assert.True(compared >= 4, $"only {compared} patches lie inside");
        Assert.True(map.Max() - map.Min() > 1e-3, "all logits are the same");
    }

    // Where the patch of the first logit begins (left of the image: padding), and the distance to the next.
    private static (int Jump, int Start) Geometry(NetworkGraph graph)
    {
        int jump = 1,
            start = 0;
        foreach (var layer in graph.Layers.OfType<ConvolutionLayer>())
        {
            start -= layer.Padding.Left * jump;
            jump *= layer.Stride;
        }
        return (jump, start);
    }

    private static NetworkGraph WithoutPadding(NetworkGraph graph, int side) =>
        new(
            graph.Name,
            graph.Input with
            {
                Height = side,
                Width = side,
            },
            [
                .. graph.Layers.Select(layer =>
                    layer is ConvolutionLayer convolution ? convolution with { Padding = Padding.None } : layer
                ),
            ]
        );

    private static OnnxRunner Runner(NetworkGraph graph, StateDict weights, string path)
    {
        OnnxExporter.Export(
            graph,
            weights,
            new()
            {
                Interface = ModelInterface.FloatNchw,
                NormStatistics = graph.Layers.Any(layer => layer is NormalizationLayer)
                    ? NormalizationStatistics.Running
                    : null,
            },
            path
        );
        return new(path);
    }

    private static float[] Cut(float[] image, int side, int left, int top, int size)
    {
        var patch = new float[3 * size * size];
        for (int channel = 0; channel < 3; channel++)
        for (int row = 0; row < size; row++)
            image
                .AsSpan((channel * side + top + row) * side + left, size)
                .CopyTo(patch.AsSpan((channel * size + row) * size));
        return patch;
    }
}
