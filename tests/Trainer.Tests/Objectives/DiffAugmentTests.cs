using System.Text.Json;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class DiffAugmentTests
{
    // Zhao et al. 2020, with the places of pixels looked up one by one; u has the draws of every image.
    private const string Script = """
        t = load(sys.argv[1]); x = t['x'].clone().requires_grad_(); c, kinds, u = json.loads(sys.argv[3])
        N, C, H, W = x.shape
        u = torch.tensor(u, dtype=torch.float64)
        col = lambda i: u[:, i].float().view(N, 1, 1, 1)
        y, keep = x[:, c:], x[:, :c]
        if 'Color' in kinds:
            y = y + (col(0) - 0.5)
            m = y.mean(dim=1, keepdim=True); y = (y - m) * (col(1) * 2) + m
            m = y.mean(dim=[1, 2, 3], keepdim=True); y = (y - m) * (col(2) + 0.5) + m
        y = torch.cat([keep, y], 1)
        draw = lambda i, n, low: (u[:, i] * (n - low)).floor().long() + low
        grid_n, grid_x, grid_y = torch.meshgrid(torch.arange(N), torch.arange(H), torch.arange(W), indexing='ij')
        if 'Translation' in kinds:
            sx, sy = int(H * 0.125 + 0.5), int(W * 0.125 + 0.5)
            tx, ty = draw(3, sx + 1, -sx).view(N, 1, 1), draw(4, sy + 1, -sy).view(N, 1, 1)
            gx, gy = (grid_x + tx + 1).clamp(0, H + 1), (grid_y + ty + 1).clamp(0, W + 1)
            y = F.pad(y, (1, 1, 1, 1)).permute(0, 2, 3, 1)[grid_n, gx, gy].permute(0, 3, 1, 2)
        if 'Cutout' in kinds:
            cx, cy = int(H * 0.5 + 0.5), int(W * 0.5 + 0.5)
            ox, oy = draw(5, H + (1 - cx % 2), 0).view(N, 1, 1), draw(6, W + (1 - cy % 2), 0).view(N, 1, 1)
            n, a, b = torch.meshgrid(torch.arange(N), torch.arange(cx), torch.arange(cy), indexing='ij')
            mask = torch.ones(N, H, W)
            mask[n, (a + ox - cx // 2).clamp(0, H - 1), (b + oy - cy // 2).clamp(0, W - 1)] = 0
            y = y * mask.unsqueeze(1)
        g, = torch.autograd.grad((y * t['w']).sum(), x)
        save(sys.argv[2], {'y': y.detach().contiguous(), 'g': g.contiguous()})
        """;

    [Theory]
    [InlineData(DiscriminatorAugmentation.Color, 0)]
    [InlineData(DiscriminatorAugmentation.Color, 3)]
    [InlineData(DiscriminatorAugmentation.Translation, 3)]
    [InlineData(DiscriminatorAugmentation.Cutout, 0)]
    [InlineData(
        DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout,
        3
    )]
    public void Images_and_gradients_equal_PyTorchs(DiscriminatorAugmentation kinds, int conditions)
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        const int Count = 6,
            Height = 13,
            Width = 20;
        WeightTensor x = TestTensors.Normal(1, Count, conditions + 3, Height, Width),
            w = TestTensors.Normal(2, Count, conditions + 3, Height, Width);
        var random = new CounterRandom(4, RandomStream.DiscriminatorAugmentation);
        double[][] draws = new double[Count][];
        for (int i = 0; i < Count; i++)
            draws[i] = [.. Enumerable.Range(0, DiffAugment.Draws).Select(_ => random.NextDouble())];
        // Both ends of the ranges.
        Array.Fill(draws[0], 0);
        Array.Fill(draws[1], 0.9999999);
        TestTensors.State(("x", x), ("w", w)).Write(folder.File("in"));
        PythonOracle.Run(
            GraphInterpreter.Script + Script,
            folder.File("in"),
            folder.File("out"),
            JsonSerializer.Serialize(new object[] { conditions, kinds.ToString(), draws })
        );
        var expected = StateDict.Read(folder.File("out"));

        var images = TestTensors.ToTorch(x).requires_grad_();
        var changed = DiffAugment.Apply(images, conditions, kinds, draws);
        (changed * TestTensors.ToTorch(w)).sum().backward();
        Assert.True(TestTensors.RelativeDifference(expected["y"].Values, TestTensors.Values(changed)) < 1e-5);
        Assert.True(TestTensors.RelativeDifference(expected["g"].Values, TestTensors.Values(images.grad!)) < 1e-5);
    }

    [Fact]
    public void Equal_looks_are_changed_alike_and_images_keep_their_draws_in_parts_of_a_step()
    {
        using var scope = torch.NewDisposeScope();
        var augment = new DiffAugment(DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation, 5);
        var images = TestTensors.ToTorch(TestTensors.Normal(1, 4, 3, 16, 16));
        float[] whole = TestTensors.Values(augment.Of(images, 0, 7, 1, 0)),
            half = TestTensors.Values(augment.Of(images.narrow(0, 2, 2), 0, 7, 1, 2));
        Assert.Equal(whole, TestTensors.Values(augment.Of(images, 0, 7, 1, 0)));
        Assert.Equal(whole[(2 * 3 * 16 * 16)..], half);
        Assert.NotEqual(whole, TestTensors.Values(augment.Of(images, 0, 7, 2, 0)));
        Assert.NotEqual(whole, TestTensors.Values(augment.Of(images, 0, 8, 1, 0)));
        Assert.Same(images, new DiffAugment(DiscriminatorAugmentation.None, 5).Of(images, 0, 7, 1, 0));
    }
}
