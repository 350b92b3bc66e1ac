using MlNetImageTranslation.TestSupport;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class ObjectiveTests
{
    [Fact]
    public void Losses_equal_those_of_PyTorch()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        TestTensors
            .State(("a", TestTensors.Normal(1, 2, 3, 8, 8)), ("b", TestTensors.Normal(2, 2, 3, 8, 8)))
            .Write(folder.File("in"));
        var lines = PythonOracle
            .Run(
                GraphInterpreter.Script
                    + """
                    t = load(sys.argv[1]); a, b = t['a'], t['b']
                    ones, zeros = torch.ones_like(a), torch.zeros_like(a)
                    bce, mse = torch.nn.BCEWithLogitsLoss(), torch.nn.MSELoss()
                    tv = (a[:, :, 1:] - a[:, :, :-1]).abs().mean() + (a[:, :, :, 1:] - a[:, :, :, :-1]).abs().mean()
                    for v in (bce(a, ones), bce(a, zeros), mse(a, ones), mse(a, zeros), -a.mean(), a.mean(), tv): print('%.9g' % v.item())
                    """,
                folder.File("in")
            )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => float.Parse(line, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        var a = TestTensors.ToTorch(TestTensors.Normal(1, 2, 3, 8, 8));
        float[] actual =
        [
            .. new[]
            {
                AdversarialObjective.Vanilla,
                AdversarialObjective.LeastSquares,
                AdversarialObjective.Wasserstein,
            }.SelectMany(objective =>
            {
                using var loss = new AdversarialLoss(objective, new(DeviceType.CPU));
                return new[] { loss.Of(a, real: true).item<float>(), loss.Of(a, real: false).item<float>() };
            }),
            TotalVariation.Of(a).item<float>(),
        ];
        Assert.Equal(lines.Length, actual.Length);
        for (int i = 0; i < lines.Length; i++)
            Assert.Equal(lines[i], actual[i], 1e-6f);
    }

    [Fact]
    public void The_gradient_penalty_of_a_linear_discriminator_is_known()
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.full([1, 3, 4, 4], 0.5, dtype: torch.ScalarType.Float32).requires_grad_();
        torch.Tensor real = torch.zeros([2, 3, 4, 4]),
            generated = torch.ones([2, 3, 4, 4]);
        // The discriminator's gradient is the weight at every point: a norm of sqrt(48) / 2.
        var penalty = GradientPenalty.Of(
            x => (x * weight).sum([1L, 2, 3]),
            real,
            generated,
            10,
            new(1, RandomStream.GradientPenalty)
        );
        double norm = Math.Sqrt(48) / 2;
        Assert.Equal(10 * (norm - 1) * (norm - 1), penalty.item<float>(), 1e-4);
        var gradient = torch.autograd.grad([penalty], [weight])[0];
        Assert.Equal(10 * 2 * (norm - 1) * 0.5 / norm, gradient[0, 0, 0, 0].item<float>(), 1e-4);
    }

    [Fact]
    public void An_error_inside_torchs_backward_pass_of_the_gradient_penalty_is_an_exception()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor real = torch.zeros([2, 3, 4, 4]),
            generated = torch.ones([2, 3, 4, 4]);
        Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() =>
            GradientPenalty.Of(
                _ => torch.zeros([2, 1, 1, 1]),
                real,
                generated,
                10,
                new(1, RandomStream.GradientPenalty)
            )
        );
    }
}
