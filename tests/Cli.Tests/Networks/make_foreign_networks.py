"""Writes checkpoints of networks as other implementations build them, an input, and what torch makes of it in eval mode.

Arguments: the folder to write to, the folder of reference_networks.py.
"""
import os, sys
from collections import OrderedDict
import torch
from torch import nn
from torch.nn.utils import parametrizations, spectral_norm, weight_norm

out = sys.argv[1]
sys.path.insert(0, sys.argv[2])
from reference_networks import resnet, shake, unet

torch.manual_seed(11)


def save(name, module, size=(32, 48), state=lambda module: module.state_dict(), channels=3):
    for m in module.modules():
        if isinstance(m, (nn.BatchNorm2d, nn.InstanceNorm2d)):
            for t in list(m.parameters()) + list(m.buffers()):
                if t.dtype.is_floating_point: t.data.uniform_(0.5, 1.5)
    x = torch.rand(1, channels, *size) * 2 - 1
    with torch.no_grad():
        # Spectral norm finds its vectors by training.
        if size[0] < 200:
            for m in module.modules():
                m.training = not isinstance(m, (nn.BatchNorm2d, nn.Dropout))
            for _ in range(3): module(x)
        y = module.eval()(x)
    torch.save(state(module), os.path.join(out, name + '.pth'))
    x.numpy().tofile(os.path.join(out, name + '.x'))
    y.numpy().tofile(os.path.join(out, name + '.y'))


def replaced(module, kind, make):
    for name, child in module.named_children():
        if isinstance(child, kind): setattr(module, name, make(child))
        else: replaced(child, kind, make)
    return module


def each(module, norm):
    for m in list(module.modules()):
        if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d)): norm(m)
    return module


def bias(conv):
    made = type(conv)(conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, conv.padding, bias=True)
    if isinstance(conv, nn.ConvTranspose2d): made.output_padding = conv.output_padding
    return made


affine = lambda norm: nn.InstanceNorm2d(norm.num_features, affine=True)
save('affine_unet', replaced(unet(5, 4, 'instance')[1], nn.InstanceNorm2d, affine), (32, 64))
save('affine_resnet', replaced(resnet(2, 4, 'instance')[1], nn.InstanceNorm2d, affine))
save('biased_resnet', replaced(resnet(2, 4, 'batch')[1], (nn.Conv2d, nn.ConvTranspose2d), bias))
save('spectral_resnet', each(resnet(2, 4, 'instance')[1], spectral_norm))
save('spectral_parametrized', each(resnet(2, 4, 'instance')[1], parametrizations.spectral_norm))
save('spectral_unet', each(unet(5, 4, 'instance')[1], spectral_norm), (32, 64))
save('weight_norm', each(resnet(2, 4, 'none')[1], weight_norm))
save('weight_norm_inputs', each(resnet(2, 4, 'none')[1], lambda conv: weight_norm(conv, dim=1)))
save('weight_norm_columns', each(resnet(2, 4, 'none')[1], lambda conv: weight_norm(conv, dim=3)))
save('weight_norm_whole', each(resnet(2, 4, 'none')[1], lambda conv: weight_norm(conv, dim=None)))
# PyTorch 2's names of the same.
save('weight_norm_parametrized', each(resnet(2, 4, 'none')[1], weight_norm), state=lambda module: OrderedDict(
    (k.replace('weight_g', 'parametrizations.weight.original0').replace('weight_v', 'parametrizations.weight.original1'), v) for k, v in module.state_dict().items()))


class Block(nn.Module):
    def __init__(self, c, name):
        super().__init__()
        self.name = name
        setattr(self, name, nn.Sequential(nn.ReflectionPad2d(1), nn.Conv2d(c, c, 3), nn.InstanceNorm2d(c), nn.ReLU(True), nn.ReflectionPad2d(1), nn.Conv2d(c, c, 3), nn.InstanceNorm2d(c)))

    def forward(self, x): return x + getattr(self, self.name)(x)


class Model(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.model = nn.Sequential(*layers)

    def forward(self, x): return self.model(x)


def pix2pixhd(ngf, downs, blocks, inputs):
    m = [nn.ReflectionPad2d(3), nn.Conv2d(inputs, ngf, 7), nn.InstanceNorm2d(ngf), nn.ReLU(True)]
    for i in range(downs):
        m += [nn.Conv2d(ngf * 2 ** i, ngf * 2 ** (i + 1), 3, 2, 1), nn.InstanceNorm2d(ngf * 2 ** (i + 1)), nn.ReLU(True)]
    m += [Block(ngf * 2 ** downs, 'conv_block') for _ in range(blocks)]
    for i in range(downs, 0, -1):
        m += [nn.ConvTranspose2d(ngf * 2 ** i, ngf * 2 ** (i - 1), 3, 2, 1, 1), nn.InstanceNorm2d(ngf * 2 ** (i - 1)), nn.ReLU(True)]
    return Model(*m, nn.ReflectionPad2d(3), nn.Conv2d(ngf, 3, 7), nn.Tanh())


save('pix2pixhd', pix2pixhd(4, 4, 3, 7), (48, 32), channels=7)


class LocalEnhancer(nn.Module):
    def __init__(self, ngf, downs, inputs, blocks=9, local_blocks=3):
        super().__init__()
        norm = lambda c: [nn.InstanceNorm2d(c), nn.ReLU(True)]
        self.model = nn.Sequential(*list(pix2pixhd(2 * ngf, downs, blocks, inputs).model.children())[:-3])
        self.model1_1 = nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(inputs, ngf, 7), *norm(ngf), nn.Conv2d(ngf, 2 * ngf, 3, 2, 1), *norm(2 * ngf))
        self.model1_2 = nn.Sequential(*[Block(2 * ngf, 'conv_block') for _ in range(local_blocks)], nn.ConvTranspose2d(2 * ngf, ngf, 3, 2, 1, 1), *norm(ngf), nn.ReflectionPad2d(3), nn.Conv2d(ngf, 3, 7), nn.Tanh())
        self.downsample = nn.AvgPool2d(3, stride=2, padding=[1, 1], count_include_pad=False)

    def forward(self, x): return self.model1_2(self.model1_1(x) + self.model(self.downsample(x)))


save('pix2pixhd_local', LocalEnhancer(4, 2, 7), (64, 48), channels=7)
save('pix2pixhd_local_blocks', LocalEnhancer(4, 3, 3, 5, 2), (64, 48))


class Pix2PixHdDiscriminators(nn.Module):
    """All scales; it runs the one named."""
    def __init__(self, scales, layers, ndf, inputs, runs):
        super().__init__()
        self.runs = [f'scale{runs}_layer{j}' for j in range(layers + 2)]
        for i in range(scales):
            c = [inputs] + [min(ndf * 2 ** j, 512) for j in range(layers + 1)]
            for j in range(layers + 1):
                m = [nn.Conv2d(c[j], c[j + 1], 4, 2 if j < layers else 1, 2)] + ([nn.InstanceNorm2d(c[j + 1])] if j else []) + [nn.LeakyReLU(0.2, True)]
                setattr(self, f'scale{i}_layer{j}', nn.Sequential(*m))
            setattr(self, f'scale{i}_layer{layers + 1}', nn.Sequential(nn.Conv2d(c[-1], 1, 4, 1, 2)))

    def forward(self, x):
        for name in self.runs: x = getattr(self, name)(x)
        return x


save('pix2pixhd_d', Pix2PixHdDiscriminators(3, 2, 4, 7, 1), (40, 48), channels=7)


def pytorch_gan_discriminator(f, inputs, bias):
    m = [nn.Conv2d(inputs, f, 4, 2, 1), nn.LeakyReLU(0.2, True)]
    for i in range(3):
        m += [nn.Conv2d(f * 2 ** i, f * 2 ** (i + 1), 4, 2, 1), nn.InstanceNorm2d(f * 2 ** (i + 1)), nn.LeakyReLU(0.2, True)]
    return Model(*m, nn.ZeroPad2d((1, 0, 1, 0)), nn.Conv2d(8 * f, 1, 4, padding=1, bias=bias))


save('pytorch_gan_pair_discriminator', pytorch_gan_discriminator(4, 6, False), (32, 48), channels=6)
save('pytorch_gan_discriminator', pytorch_gan_discriminator(4, 3, True), (32, 48))


def pytorch_gan_resnet(f, blocks):
    m = [nn.ReflectionPad2d(3), nn.Conv2d(3, f, 7), nn.InstanceNorm2d(f), nn.ReLU(True)]
    for i in range(2):
        m += [nn.Conv2d(f * 2 ** i, f * 2 ** (i + 1), 3, 2, 1), nn.InstanceNorm2d(f * 2 ** (i + 1)), nn.ReLU(True)]
    m += [Block(f * 4, 'block') for _ in range(blocks)]
    for i in (2, 1):
        m += [nn.Upsample(scale_factor=2), nn.Conv2d(f * 2 ** i, f * 2 ** (i - 1), 3, 1, 1), nn.InstanceNorm2d(f * 2 ** (i - 1)), nn.ReLU(True)]
    return Model(*m, nn.ReflectionPad2d(3), nn.Conv2d(f, 3, 7), nn.Tanh())


save('pytorch_gan_resnet', pytorch_gan_resnet(4, 3))


class PyTorchGanUNet(nn.Module):
    def __init__(self, f, levels=8, bias=False, affine=False, upsamples=True, dropped_down=4, dropped_up=4):
        super().__init__()
        norm = lambda c: nn.InstanceNorm2d(c, affine=affine)
        self.levels = levels
        width = [3] + [f * 2 ** min(i, 3) for i in range(levels)]
        for i in range(1, levels + 1):
            m = [nn.Conv2d(width[i - 1], width[i], 4, 2, 1, bias=bias)]
            if 1 < i < levels: m.append(norm(width[i]))
            m.append(nn.LeakyReLU(0.2))
            if i >= dropped_down: m.append(nn.Dropout(0.5))
            setattr(self, f'down{i}', Model(*m))
        for i in range(1, levels):
            below = width[levels] if i == 1 else 2 * width[levels + 1 - i]
            m = [nn.ConvTranspose2d(below, width[levels - i], 4, 2, 1, bias=bias), norm(width[levels - i]), nn.ReLU(True)]
            if i <= dropped_up: m.append(nn.Dropout(0.5))
            setattr(self, f'up{i}', Model(*m))
        if upsamples: self.final = nn.Sequential(nn.Upsample(scale_factor=2), nn.ZeroPad2d((1, 0, 1, 0)), nn.Conv2d(2 * f, 3, 4, padding=1), nn.Tanh())
        else: self.final = nn.Sequential(nn.ConvTranspose2d(2 * f, 3, 4, stride=2, padding=1), nn.Tanh())

    def forward(self, x):
        downs = []
        for i in range(1, self.levels + 1):
            x = getattr(self, f'down{i}')(x)
            downs.append(x)
        for i in range(1, self.levels): x = torch.cat((getattr(self, f'up{i}')(x), downs[self.levels - 1 - i]), 1)
        return self.final(x)


save('pytorch_gan_unet', PyTorchGanUNet(4), (256, 256))
save('pytorch_gan_discogan', PyTorchGanUNet(4, 6, bias=True, dropped_down=3, dropped_up=3), (64, 128))
save('pytorch_gan_dualgan', PyTorchGanUNet(4, 7, affine=True, upsamples=False, dropped_up=3), (128, 256))
