using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>ONNX's own checker accepts every file, with full shape inference.</summary>
public sealed class OnnxCheckerTests
{
    [Fact]
    public void Accepts_every_architecture_in_both_interfaces()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("onnx") is not null, PythonOracle.WhyMissing("onnx") ?? "");
        using var folder = new TemporaryFolder();
        int count = 0;
        foreach (var (name, item) in ArchitectureCases.All)
        {
            var weights = RandomNetworks.Weights(item.Graph);
            var options = new OnnxExportOptions
            {
                NormStatistics = item.Option,
                DropoutAtInference = count % 2 == 0 && item.Graph.Layers.Any(layer => layer is DropoutLayer),
            };
            OnnxExporter.Export(
                item.Graph,
                weights,
                options with
                {
                    Interface = ModelInterface.FloatNchw,
                },
                folder.File($"float.{name}.onnx")
            );
            count++;
            if (
                item.Graph.Input.Channels == 6
                || item.Graph.Output.Height != item.Graph.Input.Height
                || item.Graph.Output.Channels is not (1 or 3)
            )
                continue;
            OnnxExporter.Export(
                item.Graph,
                weights,
                options with
                {
                    Precision = (WeightPrecision)(count % 2),
                },
                folder.File($"uint8.{name}.onnx")
            );
            count++;
        }

        var report = PythonOracle.Run(Resources.Script("check_models.py"), folder.Path).Trim().Split('\n');

        Assert.Equal(count, report.Length);
        Assert.All(report, line => Assert.EndsWith(" ok 8 :17", line));
        Assert.Contains(report, line => line.StartsWith("uint8.unet-256.Image ", StringComparison.Ordinal));
    }

    [Fact]
    public void Accepts_a_network_that_reads_an_instance_image_in_both_interfaces()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("onnx") is not null, PythonOracle.WhyMissing("onnx") ?? "");
        using var folder = new TemporaryFolder();
        var planes = new LabelPlanesLayer
        {
            Name = "labels",
            Inputs = [NetworkGraph.InputName],
            Colors = [0x000000, 0x010101],
            Edges = true,
        };
        var graph = new NetworkGraph("labels", new(6, 16, 16), [planes]);
        Assert.True(NetworkCatalog.MapsImages(graph));
        foreach (var pixels in Enum.GetValues<ModelInterface>())
        {
            string file = folder.File($"{pixels}.onnx");
            var card = OnnxExporter.Export(graph, new(), new() { Interface = pixels, FixedSize = new(20, 12) }, file);
            Assert.True(card.ReadsInstances);
            Assert.Equal(
                pixels == ModelInterface.Uint8Nhwc ? "image: uint8 [N, 12, 20, 6]" : "image: float [N, 6, 12, 20]",
                OnnxModelInfo.Read(file).Inputs.Single().ToString()
            );
        }

        var report = PythonOracle.Run(Resources.Script("check_models.py"), folder.Path).Trim().Split('\n');

        Assert.Equal(["FloatNchw ok 8 :17", "Uint8Nhwc ok 8 :17"], report);
    }
}
