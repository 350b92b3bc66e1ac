using System.Globalization;
using MlNetImageTranslation.Benchmarks.Methods;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>The VGG16 that benchmarks/methods makes up, against PyTorch's initialization.</summary>
public sealed class RandomVgg16Tests
{
    [Fact]
    public void Weights_are_spread_as_pytorchs_kaiming_normal()
    {
        var why = PythonOracle.WhyMissing("torch");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        string file = RandomVgg16.Write(folder.File("vgg16.safetensors"), 5);

        // As the trainer of feature-gan reads it.
        var weights = VggEncoder.Load(file, VggEncoder.Graph(PerceptualLoss.Relu42));

        string[] names = [.. weights.Names.Where(name => name.EndsWith(".weight", StringComparison.Ordinal))];
        double[] expected =
        [
            .. PythonOracle
                .Run(
                    """
                    import sys, torch
                    torch.manual_seed(1)
                    for shape in sys.argv[1:]:
                        print(torch.nn.init.kaiming_normal_(torch.empty(*map(int, shape.split(',')))).std().item())
                    """,
                    [.. names.Select(name => string.Join(',', weights[name].Shape))]
                )
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => double.Parse(line, CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(9, names.Length);
        foreach (var (name, deviation) in names.Zip(expected))
        {
            float[] values = weights[name].Values;
            Assert.InRange(Math.Sqrt(values.Average(value => (double)value * value)) / deviation, 0.93, 1.07);
            Assert.InRange(values.Average() / deviation, -0.1, 0.1);
            Assert.All(weights[Path.ChangeExtension(name, "bias")].Values, value => Assert.Equal(0, value));
        }

        Assert.Equal(
            StateDict.Read(file).ComputeHash(),
            StateDict.Read(RandomVgg16.Write(folder.File("again"), 5)).ComputeHash()
        );
        Assert.NotEqual(
            StateDict.Read(file).ComputeHash(),
            StateDict.Read(RandomVgg16.Write(folder.File("other"), 6)).ComputeHash()
        );
    }
}
