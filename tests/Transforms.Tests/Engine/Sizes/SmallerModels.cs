using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Models whose results are smaller than the image, exported by torch, and what torch makes of padded images.
/// </summary>
public sealed class SmallerModels : IDisposable
{
    private const string Script = """
        import sys, numpy as np, torch, torch.nn as nn, torch.nn.functional as F
        folder = sys.argv[1]
        torch.manual_seed(7)
        class Net(nn.Module):
            def __init__(self, f, *layers):
                super().__init__()
                self.layers, self.f = nn.ModuleList(layers), f
            def forward(self, x): return self.f(self.layers, x)
        conv = lambda i, o, stride=1: nn.Conv2d(i, o, 3, stride, 1)
        nets = {
            'average-2': (2, 2, lambda m, x: F.avg_pool2d(x, 2), []),
            'strides-4': (4, 4, lambda m, x: torch.sigmoid(m[2](F.relu(m[1](F.relu(m[0](x)))))), [conv(3, 32, 2), conv(32, 32, 2), conv(32, 3)]),
            'valid-3': (3, 3, lambda m, x: torch.sigmoid(m[0](x)), [nn.Conv2d(3, 3, 3, 3)]),
            'deep-2': (8, 2, lambda m, x: torch.sigmoid(m[2](F.interpolate(F.relu(m[1](F.relu(m[0](x)))), scale_factor=4))), [conv(3, 8, 4), conv(8, 16, 2), conv(16, 3)]),
            'without-border': (0, 0, lambda m, x: m[0](x), [nn.Conv2d(3, 3, 5, 2)]),
            'times-1.5': (0, 0, lambda m, x: F.interpolate(x, scale_factor=1.5, mode='bilinear', align_corners=False), []),
            'by-1.5': (0, 0, lambda m, x: F.interpolate(x, scale_factor=2 / 3, mode='nearest'), []),
            'one-side': (0, 0, lambda m, x: F.interpolate(x, scale_factor=(2.0, 1.0), mode='nearest'), []),
        }
        def export(name, net, side, free):
            torch.onnx.export(net, torch.rand(1, 3, *side), f'{folder}/{name}.onnx', opset_version=13, input_names=['x'], output_names=['y'],
                dynamic_axes={'x': {0: 'n', 2: 'h', 3: 'w'}, 'y': {0: 'n', 2: 'oh', 3: 'ow'}} if free else None)
        for name, (multiple, down, f, layers) in nets.items():
            net = Net(f, *layers).eval()
            export(name, net, (96, 96), True)
            if name == 'average-2': export('fixed-2', net, (40, 60), False)
            if name == 'times-1.5': export('fixed-1.5', net, (40, 60), False)
            if down == 0: continue
            for size in sys.argv[2:]:
                w, h = map(int, size.split('x'))
                image = np.fromfile(f'{folder}/{size}.raw', np.uint8).reshape(h, w, 3)
                pads = [(p // 2 // down * down, p - p // 2 // down * down) for p in (-h % multiple, -w % multiple)]
                x = torch.from_numpy(np.pad(image, [*pads, (0, 0)], 'reflect')).float().permute(2, 0, 1)[None] / 255
                with torch.no_grad(): y = net(x)[0]
                top, left = pads[0][0] // down, pads[1][0] // down
                y = y[:, top:top - (-h // down), left:left - (-w // down)]
                (y * 255).clamp(0, 255).round().byte().permute(1, 2, 0).numpy().tofile(f'{folder}/{name}-{size}.expected')
        """;

    /// <summary>Sizes of <see cref="TestImages"/> that torch was given.</summary>
    public static readonly (int Width, int Height)[] Sizes =
    [
        (64, 64),
        (65, 97),
        (129, 64),
        (300, 200),
        (3, 2),
        (1, 1),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("onnx", "numpy", "torch");

    public SmallerModels()
    {
        if (_why is not null)
            return;
        foreach (var (width, height) in Sizes)
            System.IO.File.WriteAllBytes(_folder.File($"{width}x{height}.raw"), TestImages.Make(width, height).Pixels);
        PythonOracle.Run(Script, [_folder.Path, .. Sizes.Select(size => $"{size.Width}x{size.Height}")]);
    }

    /// <summary>A model's file; skips the test where there is no torch to make it.</summary>
    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File($"{name}.onnx");
    }

    /// <summary>What torch makes of an image.</summary>
    public byte[] Expected(string name, int width, int height) =>
        System.IO.File.ReadAllBytes(_folder.File($"{name}-{width}x{height}.expected"));

    public void Dispose() => _folder.Dispose();
}
