"""Networks with the structure and the parameter names of the reference implementation (pytorch-CycleGAN-and-pix2pix), for tests.

Each function gives (net, module): net.layers holds the layers under our names, tied to module objects while the network is built, so that nothing here
relies on positions in nn.Sequential.
"""
import torch
from torch import nn


class Net:
    """Collects the layers of one network under our names."""

    def __init__(self, norm):
        self.layers, self.kind, self.bias = {}, norm, norm == 'instance'

    def add(self, name, layer):
        if layer is not None: self.layers[name] = layer
        return layer

    def norm(self, name, channels):
        if self.kind == 'batch': return self.add(name, nn.BatchNorm2d(channels))
        if self.kind == 'instance': return nn.InstanceNorm2d(channels, track_running_stats=getattr(self, 'old', False))
        return nn.Identity()

    def conv(self, name, *args, **kwargs): return self.add(name, nn.Conv2d(*args, **kwargs))
    def up(self, name, *args, **kwargs): return self.add(name, nn.ConvTranspose2d(*args, **kwargs))


class Holder(nn.Module):
    """A module that contributes its one attribute's name to the names of parameters."""

    def __init__(self, model, name='model', forward=lambda model, x: model(x)):
        super().__init__()
        setattr(self, name, model)
        self.name, self.how = name, forward

    def forward(self, x): return self.how(getattr(self, self.name), x)


def unet(levels, ngf, norm, inputs=3, outputs=3):
    net = Net(norm)
    width = lambda level: ngf * min(2 ** (level - 1), 8)
    inner = None
    for level in range(levels, 1, -1):
        parts = [nn.LeakyReLU(0.2), net.conv(f'down{level}.conv', width(level - 1), width(level), 4, 2, 1, bias=net.bias)]
        if level < levels: parts += [net.norm(f'down{level}.norm', width(level)), inner]
        parts += [nn.ReLU(), net.up(f'up{level}.conv', width(level) * (1 if level == levels else 2), width(level - 1), 4, 2, 1, bias=net.bias),
                  net.norm(f'up{level}.norm', width(level - 1))]
        if 4 < level < levels: parts.append(nn.Dropout(0.5))
        inner = Holder(nn.Sequential(*parts), forward=lambda model, x: torch.cat([x, model(x)], 1))
    return net, Holder(Holder(nn.Sequential(net.conv('down1.conv', inputs, ngf, 4, 2, 1, bias=net.bias), inner, nn.ReLU(),
                                            net.up('up1.conv', 2 * ngf, outputs, 4, 2, 1), nn.Tanh())))


class Blur(nn.Module):
    """Halves by a 1-2-1 filter over a mirrored border, or doubles by 1-3-3-1 over a repeated one; the filter is a buffer of the state dict."""

    def __init__(self, channels, weights, doubles):
        super().__init__()
        side = torch.tensor(weights) * (2 if doubles else 1) / sum(weights)
        self.register_buffer('filt', torch.outer(side, side).expand(channels, 1, len(weights), len(weights)).clone())
        self.channels, self.doubles = channels, doubles

    def forward(self, x):
        padded = nn.functional.pad(x, (1, 1, 1, 1), 'replicate' if self.doubles else 'reflect')
        if not self.doubles: return nn.functional.conv2d(padded, self.filt, stride=2, groups=self.channels)
        return nn.functional.conv_transpose2d(padded, self.filt, stride=2, padding=3, groups=self.channels)


def antialiased(blocks, ngf, norm, dropout=False, inputs=3, outputs=3, halving=(1., 2., 1.)):
    """CUT's ResNet (contrastive-unpaired-translation)."""
    net = Net(norm)
    m = [nn.ReflectionPad2d(3), net.conv('first.conv', inputs, ngf, 7, bias=net.bias), net.norm('first.norm', ngf), nn.ReLU()]
    for i in (1, 2):
        m += [net.conv(f'down{i}.conv', ngf * 2 ** (i - 1), ngf * 2 ** i, 3, 1, 1, bias=net.bias), net.norm(f'down{i}.norm', ngf * 2 ** i), nn.ReLU(),
              Blur(ngf * 2 ** i, halving, False)]
    m += [block(net, b, ngf * 4, dropout) for b in range(1, blocks + 1)]
    for i in (1, 2):
        c = ngf * 4 // 2 ** i
        m += [Blur(c * 2, [1., 3., 3., 1.], True), net.conv(f'up{i}.conv', c * 2, c, 3, 1, 1, bias=net.bias), net.norm(f'up{i}.norm', c), nn.ReLU()]
    m += [nn.ReflectionPad2d(3), net.conv('last.conv', ngf, outputs, 7), nn.Tanh()]
    return net, Holder(nn.Sequential(*m))


def block(net, number, channels, dropout):
    parts = [nn.ReflectionPad2d(1), net.conv(f'block{number}.conv1', channels, channels, 3, bias=net.bias), net.norm(f'block{number}.norm1', channels), nn.ReLU()]
    if dropout: parts.append(nn.Dropout(0.5))
    parts += [nn.ReflectionPad2d(1), net.conv(f'block{number}.conv2', channels, channels, 3, bias=net.bias), net.norm(f'block{number}.norm2', channels)]
    return Holder(nn.Sequential(*parts), 'conv_block', lambda model, x: x + model(x))


def resnet(blocks, ngf, norm, dropout=False, old=False, inputs=3, outputs=3):
    net = Net(norm)
    net.old = old
    m = [nn.ReflectionPad2d(3), net.conv('first.conv', inputs, ngf, 7, bias=net.bias), net.norm('first.norm', ngf), nn.ReLU()]
    for i in (1, 2):
        m += [net.conv(f'down{i}.conv', ngf * 2 ** (i - 1), ngf * 2 ** i, 3, 2, 1, bias=net.bias), net.norm(f'down{i}.norm', ngf * 2 ** i), nn.ReLU()]
    m += [block(net, b, ngf * 4, dropout) for b in range(1, blocks + 1)]
    for i in (1, 2):
        c = ngf * 4 // 2 ** i
        m += [net.up(f'up{i}.conv', c * 2, c, 3, 2, 1, 1, bias=net.bias), net.norm(f'up{i}.norm', c), nn.ReLU()]
    m += [nn.ReflectionPad2d(3), net.conv('last.conv', ngf, outputs, 7), nn.Tanh()]
    return net, Holder(nn.Sequential(*m))


def patch(layers, ndf, norm, inputs=6):
    net = Net(norm)
    m = [net.conv('layer1.conv', inputs, ndf, 4, 2, 1), nn.LeakyReLU(0.2)]
    for n in range(2, layers + 2):
        a, b = ndf * min(2 ** (n - 2), 8), ndf * min(2 ** (n - 1), 8)
        m += [net.conv(f'layer{n}.conv', a, b, 4, 2 if n <= layers else 1, 1, bias=net.bias), net.norm(f'layer{n}.norm', b), nn.LeakyReLU(0.2)]
    m.append(net.conv('logits', b, 1, 4, 1, 1))
    return net, Holder(nn.Sequential(*m))


def antialiased_patch(layers, ndf, norm, inputs=6):
    """CUT's discriminator (contrastive-unpaired-translation)."""
    net = Net(norm)
    m = [net.conv('layer1.conv', inputs, ndf, 4, 1, 1), nn.LeakyReLU(0.2), Blur(ndf, [1., 2., 1.], False)]
    for n in range(2, layers + 2):
        a, b = ndf * min(2 ** (n - 2), 8), ndf * min(2 ** (n - 1), 8)
        m += [net.conv(f'layer{n}.conv', a, b, 4, 1, 1, bias=net.bias), net.norm(f'layer{n}.norm', b), nn.LeakyReLU(0.2)]
        if n <= layers: m.append(Blur(b, [1., 2., 1.], False))
    m.append(net.conv('logits', b, 1, 4, 1, 1))
    return net, Holder(nn.Sequential(*m))


def pixel(ndf, norm, inputs=6):
    net = Net(norm)
    return net, Holder(nn.Sequential(net.conv('layer1.conv', inputs, ndf, 1), nn.LeakyReLU(0.2), net.conv('layer2.conv', ndf, 2 * ndf, 1, bias=net.bias),
                                     net.norm('layer2.norm', 2 * ndf), nn.LeakyReLU(0.2), net.conv('logits', 2 * ndf, 1, 1, bias=net.bias)), 'net')


def vgg16():
    net, m, channels = Net('none'), [], 3
    for c in [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]:
        if c == 0: m.append(nn.MaxPool2d(2))
        else: m += [net.conv(f'features.{len(m)}', channels, c, 3, padding=1), nn.ReLU()]
        channels = c or channels
    holder = Holder(nn.Sequential(*m), 'features')
    holder.classifier = nn.Sequential(nn.Linear(8, 8))
    return net, holder


def shake(net):
    """Makes every value of a norm layer its own."""
    for layer in net.layers.values():
        for name, p in list(layer.named_parameters()) + list(layer.named_buffers()):
            if p.dtype.is_floating_point and p.dim() == 1: p.data.uniform_(0.5, 1.5)
