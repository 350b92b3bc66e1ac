using System.Runtime.InteropServices;
using System.Text.Json;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>
/// A PyTorch checkpoint of the reference's networks, imported and exported, gives what the network gave in PyTorch.
/// </summary>
public sealed class ImportedCheckpointTests(ImportedCheckpointTests.Expectations expectations)
    : IClassFixture<ImportedCheckpointTests.Expectations>
{
    [Theory]
    [InlineData(NormalizationStatistics.Running)]
    [InlineData(NormalizationStatistics.Image)]
    public void Equals_PyTorch_in_eval_mode_and_in_train_mode_at_batch_1(NormalizationStatistics statistics)
    {
        if (expectations.WhyMissing is { } why)
            Assert.Skip(why);
        Assert.NotEmpty(expectations.Cases);
        foreach (var (name, shape) in expectations.Cases)
        {
            var imported = NetworkFile.Import(expectations.Folder.File(name + ".pth"));
            var path = expectations.Folder.File($"{name}.{statistics}.onnx");
            OnnxExporter.Export(
                imported.Graph,
                imported.Weights,
                new()
                {
                    Interface = ModelInterface.FloatNchw,
                    // Networks without batch norms have no choice.
                    NormStatistics = imported.Graph.Layers.Any(layer =>
                        layer is NormalizationLayer { RunningStatistics: true }
                    )
                        ? statistics
                        : null,
                },
                path
            );
            using var runner = new OnnxRunner(path);
            var (actual, _) = runner.Run<float, float>(expectations.Floats(name + ".input"), shape);
            var expected = expectations.Floats($"{name}.{statistics.ToString().ToLowerInvariant()}");
            Assert.Equal(expected.Length, actual.Length);
            double scale = Math.Max(1, expected.Max(Math.Abs)),
                worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
            Assert.True(worst <= 1e-4 * scale, $"{name}: largest difference {worst} at values up to {scale}");
            Assert.True(expected.Max() - expected.Min() > 1e-3, $"{name}: the expected output is constant");
        }
    }

    [Fact]
    public void Imported_U_Nets_take_statistics_from_the_image_and_ResNets_from_training_unless_told()
    {
        if (expectations.WhyMissing is { } why)
            Assert.Skip(why);
        NormalizationStatistics? Statistics(string name)
        {
            var imported = NetworkFile.Import(expectations.Folder.File(name + ".pth"));
            return OnnxExporter
                .Export(
                    imported.Graph,
                    imported.Weights,
                    new() { Provenance = new() { Trainer = "import" } },
                    Stream.Null
                )
                .NormStatistics;
        }
        Assert.Equal(NormalizationStatistics.Image, Statistics("unet_batch"));
        Assert.Equal(NormalizationStatistics.Running, Statistics("resnet_batch_dropout"));
        Assert.Null(Statistics("resnet_instance"));
    }

    /// <summary>Checkpoints and outputs of all cases, made by one Python process.</summary>
    public sealed class Expectations : IDisposable
    {
        public Expectations()
        {
            WhyMissing = PythonOracle.WhyMissing("torch", "numpy");
            if (WhyMissing is not null)
                return;
            PythonOracle.Run(Resources.Script("run_reference.py"), Folder.Path, PythonOracle.ModuleFolder);
            Cases = JsonSerializer.Deserialize<Dictionary<string, long[]>>(
                File.ReadAllText(Folder.File("cases.json"))
            )!;
        }

        public TemporaryFolder Folder { get; } = new();

        public string? WhyMissing { get; }

        public IReadOnlyDictionary<string, long[]> Cases { get; } = new Dictionary<string, long[]>();

        public float[] Floats(string file) =>
            MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Folder.File(file))).ToArray();

        public void Dispose() => Folder.Dispose();
    }
}
