using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using TorchSharp;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class AdamTests
{
    [Theory]
    [InlineData(0.5, 0.999, 1e-8, 2e-4)]
    [InlineData(0.9, 0.99, 1e-7, 1e-2)]
    public void Steps_equal_those_of_PyTorch(double beta1, double beta2, double epsilon, double rate)
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        // Sizes around the width of vectors and of chunks, and a weight with a hole after it in the flat memory.
        var graph = new NetworkBuilder("test", new(3, 8, 8))
            .Convolution("a", 5, 3)
            .Convolution("b", 120, 7, padding: Padding.All(3))
            .Convolution("c", 100, 5, padding: Padding.All(2))
            .Build();
        var initial = WeightInitializer.Create(graph, seed: 1);
        var gradients = Enumerable
            .Range(0, 6)
            .Select(step =>
                graph.Parameters.Select((spec, i) => TestTensors.Normal(100 * step + i, [.. spec.Shape])).ToArray()
            )
            .ToArray();
        initial.Write(folder.File("initial"));
        for (int step = 0; step < gradients.Length; step++)
            TestTensors
                .State([.. graph.Parameters.Select((spec, i) => (spec.Name, gradients[step][i]))])
                .Write(folder.File($"g{step}"));

        PythonOracle.Run(
            GraphInterpreter.Script
                + """
                folder, b1, b2, eps, lr = sys.argv[1], *map(float, sys.argv[2:6])
                w = {k: torch.nn.Parameter(t) for k, t in load(folder + '/initial').items()}
                adam = torch.optim.Adam(w.values(), lr=lr, betas=(b1, b2), eps=eps)
                for step in range(6):
                    g = load(f'{folder}/g{step}')
                    for k, t in w.items(): t.grad = g[k]
                    if step == 3: adam.param_groups[0]['lr'] = lr / 2
                    adam.step()
                save(folder + '/expected', w)
                """,
            folder.Path,
            Text(beta1),
            Text(beta2),
            Text(epsilon),
            Text(rate)
        );
        var expected = StateDict.Read(folder.File("expected"));

        using var network = new TorchNetwork(graph, initial);
        using var adam = new Adam(network, new(beta1, beta2, epsilon));
        for (int step = 0; step < gradients.Length; step++)
            adam.Step([.. gradients[step].Select(TestTensors.ToTorch)], step >= 3 ? rate / 2 : rate);

        var actual = network.Export();
        foreach (string name in expected.Names)
            for (int i = 0; i < expected[name].Values.Length; i++)
                Assert.Equal(expected[name].Values[i], actual[name].Values[i], (float)(rate * 1e-4));
    }

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
