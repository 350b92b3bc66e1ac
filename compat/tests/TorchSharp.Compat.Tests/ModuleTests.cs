using System.Text.Json;
using MlNetImageTranslation.TestSupport;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>Modules: registration by field name, initial values and outputs of PyTorch, files in TorchSharp's format.</summary>
public sealed class ModuleTests
{
    private sealed class Small : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential down = nn.Sequential(
            ("conv", nn.Conv2d(3, 4, 4, stride: 2, padding: 1)), ("norm", nn.BatchNorm2d(4)), ("act", nn.LeakyReLU(0.2)));
        private readonly ConvTranspose2d up = nn.ConvTranspose2d(4, 3, 4, stride: 2, padding: 1, bias: false);

        public Small() : base(nameof(Small)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return up.call(down.call(input)).tanh().MoveToOuterDisposeScope();
        }
    }

    private const string Python = """
        import torch, json, torch.nn as nn
        torch.manual_seed(3)
        class Small(nn.Module):
            def __init__(self):
                super().__init__()
                self.down = nn.Sequential()
                self.down.add_module('conv', nn.Conv2d(3, 4, 4, 2, 1)); self.down.add_module('norm', nn.BatchNorm2d(4)); self.down.add_module('act', nn.LeakyReLU(0.2))
                self.up = nn.ConvTranspose2d(4, 3, 4, 2, 1, bias=False)
            def forward(self, x): return self.up(self.down(x)).tanh()
        net = Small()
        start = {k: v.double().flatten().tolist() for k, v in net.state_dict().items()}
        x = torch.sin(torch.arange(384, dtype=torch.float64) * 0.7).float().reshape(2, 3, 8, 8)
        t = x.flip(3)
        adam = torch.optim.Adam(net.parameters(), lr=0.01, betas=(0.5, 0.999), weight_decay=0.1)
        losses = []
        for step in range(6):
            adam.zero_grad(); loss = (net(x) - t).abs().mean(); loss.backward(); adam.step(); losses.append(loss.item())
        net.eval()
        print(json.dumps(dict(start=start, losses=losses, end={k: v.double().flatten().tolist() for k, v in net.state_dict().items()}, out=net(x).double().flatten().tolist())))
        """;

    private sealed record Answer(Dictionary<string, double[]> start, double[] losses, Dictionary<string, double[]> end, double[] @out);

    [Fact]
    public void Starts_trains_and_evaluates_as_PyTorch_does()
    {
        var why = PythonOracle.WhyMissing("torch");
        Assert.SkipWhen(why is not null, why ?? "");
        var expected = JsonSerializer.Deserialize<Answer>(PythonOracle.Run(Python))!;
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var net = new Small();
        AssertSame(expected.start, net.state_dict(), 0);

        var x = (arange(384, ScalarType.Float64) * 0.7).sin().@float().reshape(2, 3, 8, 8);
        var target = x.flip(3);
        using var adam = optim.Adam(net.parameters(), 0.01, 0.5, 0.999, weight_decay: 0.1);
        foreach (double loss in expected.losses)
        {
            adam.zero_grad();
            var mine = (net.call(x) - target).abs().mean();
            mine.backward();
            adam.step();
            Assert.Equal(loss, mine.ToDouble(), 1e-5 * Math.Abs(loss));
        }
        AssertSame(expected.end, net.state_dict(), 1e-4);
        net.eval();
        Assert.False(net.training);
        var output = net.call(x).to(ScalarType.Float64).data<double>().ToArray();
        for (int i = 0; i < output.Length; i++) Assert.Equal(expected.@out[i], output[i], 1e-3);
    }

    [Fact]
    public void A_saved_module_loads_into_another()
    {
        using var scope = NewDisposeScope();
        using var first = new Small();
        using var second = new Small();
        var file = new MemoryStream();
        first.save(file);
        var bytes = file.ToArray();
        // Count of entries, then the first key, then type (6 = Float32), dimensions and shape of the tensor.
        Assert.Equal(first.state_dict().Count, bytes[0]);
        Assert.Equal("down.conv.weight", System.Text.Encoding.UTF8.GetString(bytes, 2, bytes[1]));
        Assert.Equal([6, 4, 4, 3, 4, 4], bytes[(2 + bytes[1])..(8 + bytes[1])]);
        second.load(new MemoryStream(bytes));
        foreach (var (key, value) in first.state_dict()) Assert.True(value.allclose(second.state_dict()[key], 0, 0), key);
        Assert.Throws<ArgumentException>(() => nn.Conv2d(3, 4, 3).load(new MemoryStream(bytes)));
    }

    [Fact]
    public void Moving_to_another_type_replaces_the_parameters()
    {
        using var scope = NewDisposeScope();
        using var net = new Small();
        var before = net.get_parameter("up.weight")!;
        net.to(ScalarType.Float64);
        var after = net.get_parameter("up.weight")!;
        Assert.NotSame(before, after);
        Assert.True(before.IsInvalid);
        Assert.Equal(ScalarType.Float64, after.dtype);
        Assert.True(after.requires_grad && after.is_leaf);
        Assert.Equal(ScalarType.Int64, net.get_buffer("down.norm.num_batches_tracked")!.dtype);
        Assert.Equal(ScalarType.Float64, net.call(zeros(1, 3, 8, 8, ScalarType.Float64)).dtype);
    }

    [Fact]
    public void An_optimizer_goes_on_from_its_saved_state()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (nn.Linear(4, 3), nn.Linear(4, 3));
        second.load_state_dict(first.state_dict());
        var (a, b) = (optim.Adam(first.parameters(), 0.01), optim.Adam(second.parameters(), 0.5));
        void Step(Linear layer, Adam adam)
        {
            adam.zero_grad();
            layer.call(ones(2, 4)).square().sum().backward();
            adam.step();
        }
        Step(first, a);
        var state = new MemoryStream();
        a.save_state_dict(new BinaryWriter(state));
        second.load_state_dict(first.state_dict());
        b.load_state_dict(new BinaryReader(new MemoryStream(state.ToArray())));
        Assert.Equal(0.01, b.ParamGroups.Single().LearningRate);
        Step(first, a);
        Step(second, b);
        Assert.True(first.weight.allclose(second.weight, 0, 0));
    }

    private static void AssertSame(Dictionary<string, double[]> expected, Dictionary<string, Tensor> actual, double tolerance)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (key, values) in expected)
        {
            var mine = actual[key].to(ScalarType.Float64).reshape(-1).data<double>().ToArray();
            for (int i = 0; i < values.Length; i++) Assert.True(Math.Abs(values[i] - mine[i]) <= tolerance, $"{key}[{i}] is {mine[i]}, expected {values[i]}");
        }
    }
}
