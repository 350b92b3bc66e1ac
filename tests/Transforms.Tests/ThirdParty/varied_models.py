"""Small networks of many kinds of layers, exported by torch, and what torch makes of images.

Arguments: a folder with WIDTHxHEIGHT.raw, uint8 [height, width, 3], and these sizes. Written: NAME.onnx, and NAME-WIDTHxHEIGHT.expected in the same form as the images, which are padded by reflection to the multiple that the network needs. All networks read and give -1 to 1.
"""
import sys
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

folder, sizes = sys.argv[1], sys.argv[2:]
torch.manual_seed(11)
conv = lambda i, o, k=3, **how: nn.Conv2d(i, o, k, **{'padding': k // 2, **how})


class Net(nn.Module):
    def __init__(self, f, *layers):
        super().__init__()
        self.layers, self.f = nn.ModuleList(layers), f

    def forward(self, x): return torch.tanh(self.f(x, *self.layers))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.down, self.q, self.k, self.v, self.up = conv(3, 16, 5, stride=4), conv(16, 8, 1), conv(16, 8, 1), conv(16, 16, 1), nn.ConvTranspose2d(16, 3, 4, 4)

    def forward(self, x):
        y = self.down(x)
        q, k, v = self.q(y).flatten(2), self.k(y).flatten(2), self.v(y).flatten(2)
        return torch.tanh(self.up((v @ F.softmax(q.transpose(1, 2) @ k, -1).transpose(1, 2)).view(y.shape) + y))


class Rows(nn.Module):
    def __init__(self):
        super().__init__()
        self.rows, self.out = nn.LSTM(3, 8, batch_first=True, bidirectional=True), nn.Linear(16, 3)

    def forward(self, x):
        b, c, h, w = x.shape
        return torch.tanh(self.out(self.rows(x.permute(0, 2, 3, 1).reshape(b * h, w, c))[0])).reshape(b, h, w, 3).permute(0, 3, 1, 2)


def reduced_norm(x, a, b):
    y = a(x)
    m = y.mean((2, 3), keepdim=True)
    return b((y - m) / torch.sqrt(((y - m) ** 2).mean((2, 3), keepdim=True) + 1e-5))


def squeezed(x, a, f, g, b):
    y = F.relu(a(x))
    return b(y * torch.sigmoid(g(F.relu(f(F.adaptive_avg_pool2d(y, 1).flatten(1)))))[:, :, None, None])


def upsampled(mode, x, a, b): return b(F.interpolate(F.relu(a(x)), scale_factor=2, mode=mode, align_corners=False))


NETS = {
    'bicubic': (2, 16, Net(lambda x, a, b: upsampled('bicubic', x, a, b), conv(3, 32, stride=2), conv(32, 3))),
    'bilinear-old': (2, 11, Net(lambda x, a, b: upsampled('bilinear', x, a, b), conv(3, 32, stride=2), conv(32, 3))),
    'sized-by-shape': (1, 13, Net(lambda x, a, b: b(F.interpolate(F.relu(a(x)), size=x.shape[2:], mode='bilinear', align_corners=False)), conv(3, 32, stride=2), conv(32, 3))),
    'constant-pad': (1, 13, Net(lambda x, a: a(F.pad(x, (2, 3, 1, 4), value=-0.7)), nn.Conv2d(3, 3, 6))),
    'output-padding': (2, 13, Net(lambda x, a, b: b(F.relu(a(x))), conv(3, 64, stride=2), nn.ConvTranspose2d(64, 3, 3, 2, 1, 1))),
    'groups': (1, 13, Net(lambda x, a, b, c, d: 8 * d(F.relu(c(F.relu(b(F.relu(a(x))))))), conv(3, 64), conv(64, 64, groups=64), conv(64, 64, groups=4), conv(64, 3))),
    'dilated': (1, 13, Net(lambda x, a, b, c: 8 * c(F.relu(b(F.relu(a(x))))), conv(3, 64), nn.Conv2d(64, 64, 3, padding=4, dilation=4), conv(64, 3))),
    'wide': (1, 9, Net(lambda x, a, b, c: 8 * c(F.relu(b(F.relu(a(x))))), conv(3, 128), conv(128, 128), conv(128, 3))),
    'group-norm': (1, 13, Net(lambda x, a, n, b: b(F.relu(n(a(x)))), conv(3, 32), nn.GroupNorm(8, 32), conv(32, 3))),
    'layer-norm': (1, 16, Net(lambda x, a, n, b: b(n(a(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)), conv(3, 32), nn.LayerNorm(32), conv(32, 3))),
    'reduced-norm': (1, 13, Net(reduced_norm, conv(3, 32), conv(32, 3))),
    'squeezed': (1, 13, Net(squeezed, conv(3, 64), nn.Linear(64, 8), nn.Linear(8, 64), conv(64, 3))),
    'attention': (4, 13, Attention()),
    'rows': (1, 13, Rows()),
}
for name, (multiple, opset, net) in NETS.items():
    net.eval()
    torch.onnx.export(net, torch.rand(1, 3, 64, 64), f'{folder}/{name}.onnx', opset_version=opset, input_names=['x'], output_names=['y'], dynamic_axes={'x': {2: 'h', 3: 'w'}, 'y': {2: 'oh', 3: 'ow'}})
    for size in sizes:
        w, h = map(int, size.split('x'))
        image = np.fromfile(f'{folder}/{size}.raw', np.uint8).reshape(h, w, 3)
        pads = [(p // 2, p - p // 2) for p in (-h % multiple, -w % multiple)]
        x = torch.from_numpy(np.pad(image, [*pads, (0, 0)], 'reflect')).float().permute(2, 0, 1)[None] / 127.5 - 1
        with torch.no_grad(): y = net(x)[0][:, pads[0][0]:pads[0][0] + h, pads[1][0]:pads[1][0] + w]
        ((y + 1) * 127.5).clamp(0, 255).round().byte().permute(1, 2, 0).numpy().tofile(f'{folder}/{name}-{size}.expected')
