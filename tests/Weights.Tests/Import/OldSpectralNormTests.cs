using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>Spectral norms of before PyTorch 1.0 against PyTorch's own reader of such files, and its own products.</summary>
public sealed class OldSpectralNormTests
{
    private const string Script = """
        import sys, torch
        from collections import OrderedDict
        from torch import nn
        out = sys.argv[1]
        torch.manual_seed(3)

        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                layers = [nn.Conv2d(3, 4, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(4, 8, 4, 1, 1, bias=False), nn.Identity(), nn.LeakyReLU(0.2), nn.Conv2d(8, 1, 4, 1, 1)]
                self.model = nn.Sequential(*layers)

        def normed():
            net = Net()
            for layer in net.model:
                if isinstance(layer, nn.Conv2d): nn.utils.spectral_norm(layer)
            for _ in range(2): net.model(torch.randn(1, 3, 32, 32))
            return net

        net = normed()
        new = net.state_dict()
        # As 0.4 saved it: no v, and the weight of the last pass. Training went on by a step since.
        old = OrderedDict((k, v.clone()) for k, v in new.items() if not k.endswith('weight_v'))
        for name, layer in net.model.named_children():
            if isinstance(layer, nn.Conv2d):
                old[f'model.{name}.weight'] = layer.weight.detach().clone()
                old[f'model.{name}.weight_orig'] *= 1.01
        torch.save(dict(old), f'{out}/v04.pth')
        again = normed()
        again.load_state_dict(OrderedDict(old))  # no versions: torch's reader of old files
        again.eval().model(torch.randn(1, 3, 32, 32))
        expected = lambda net: torch.cat([layer.weight.detach().flatten() for layer in net.model if isinstance(layer, nn.Conv2d)])
        expected(again).numpy().tofile(f'{out}/v04.bin')

        # The wrapper of before: v and u are estimated anew in every pass, from the u that was saved.
        bar = OrderedDict()
        for k, v in new.items():
            layer, part = k.rsplit('.', 1)
            bar[f'{layer}.module.{part.replace("weight_orig", "weight_bar")}'] = v
        torch.save(bar, f'{out}/bar.pth')
        torch.save(OrderedDict((k, v) for k, v in old.items() if not k.endswith('.weight')), f'{out}/v04_bare.pth')

        def iterated(state):
            values = []
            for k, w in state.items():
                if not k.endswith('weight_orig'): continue
                u, matrix = state[k[:-4] + 'u'], w.flatten(1)
                v = nn.functional.normalize(matrix.t() @ u, dim=0)
                u = nn.functional.normalize(matrix @ v, dim=0)
                values.append((w / torch.dot(u, matrix @ v)).flatten())
            return torch.cat(values)
        iterated(new).numpy().tofile(f'{out}/bar.bin')
        iterated(old).numpy().tofile(f'{out}/v04_bare.bin')
        """;

    [Fact]
    public void Weights_are_those_that_PyTorch_computes_with()
    {
        if (PythonOracle.WhyMissing("torch", "numpy") is { } reason)
            Assert.Skip(reason);
        using var folder = new TemporaryFolder();
        PythonOracle.Run(Script, folder.Path);
        foreach (string name in (string[])["v04", "v04_bare", "bar"])
        {
            var imported = NetworkFile.Import(folder.File(name + ".pth"));
            Assert.Equal("patch", imported.Graph.Name);
            Assert.Equal(3, imported.Graph.Input.Channels);
            float[] found =
            [
                .. imported
                    .Weights.Names.Where(weight => weight.EndsWith(".weight", StringComparison.Ordinal))
                    .SelectMany(weight => imported.Weights[weight].Values.ToArray()),
            ];
            byte[] bytes = File.ReadAllBytes(folder.File(name + ".bin"));
            float[] expected = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Vectors_that_do_not_fit_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        if (PythonOracle.WhyMissing("torch") is { } reason)
            Assert.Skip(reason);
        PythonOracle.Run(
            """
            import sys, torch
            w = {'model.0.bias': torch.zeros(4), 'model.0.weight_bar': torch.ones(4, 3, 4, 4), 'model.0.weight_u': torch.ones(5),
                 'model.2.weight': torch.ones(8, 4, 4, 4), 'model.5.weight': torch.ones(1, 8, 4, 4), 'model.5.bias': torch.zeros(1)}
            torch.save(w, sys.argv[1])
            """,
            folder.File("bad.pth")
        );
        Assert.Contains(
            "The spectral norm of 'model.0.weight_bar' has a vector of 5 values, which does not fit its shape "
                + "[4, 3, 4, 4].",
            Assert.Throws<FormatException>(() => NetworkFile.Import(folder.File("bad.pth"))).Message
        );
    }
}
