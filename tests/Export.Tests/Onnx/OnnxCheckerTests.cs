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
}
