"""Writes small PyTorch files with the parameter names of the reference implementation, and index.json: what is in them, by our names.

Our names are tied to module objects while the networks are built, so the index does not rely on positions in nn.Sequential.
"""
import hashlib, json, os, sys
from collections import OrderedDict
import torch
from torch import nn

out = sys.argv[1]
torch.manual_seed(7)
index = []


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
    def __init__(self, model, name='model'):
        super().__init__()
        setattr(self, name, model)


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
        inner = Holder(nn.Sequential(*parts))
    return net, Holder(Holder(nn.Sequential(net.conv('down1.conv', inputs, ngf, 4, 2, 1, bias=net.bias), inner, nn.ReLU(),
                                            net.up('up1.conv', 2 * ngf, outputs, 4, 2, 1), nn.Tanh())))


def resnet(blocks, ngf, norm, dropout=False, old=False, inputs=3, outputs=3):
    net = Net(norm)
    net.old = old
    m = [nn.ReflectionPad2d(3), net.conv('first.conv', inputs, ngf, 7, bias=net.bias), net.norm('first.norm', ngf), nn.ReLU()]
    for i in (1, 2):
        m += [net.conv(f'down{i}.conv', ngf * 2 ** (i - 1), ngf * 2 ** i, 3, 2, 1, bias=net.bias), net.norm(f'down{i}.norm', ngf * 2 ** i), nn.ReLU()]
    for b in range(1, blocks + 1):
        c = ngf * 4
        parts = [nn.ReflectionPad2d(1), net.conv(f'block{b}.conv1', c, c, 3, bias=net.bias), net.norm(f'block{b}.norm1', c), nn.ReLU()]
        if dropout: parts.append(nn.Dropout(0.5))
        parts += [nn.ReflectionPad2d(1), net.conv(f'block{b}.conv2', c, c, 3, bias=net.bias), net.norm(f'block{b}.norm2', c)]
        m.append(Holder(nn.Sequential(*parts), 'conv_block'))
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


def save(file, made, architecture, write=None, data=None, legacy=False, entry='', dtype=None, **facts):
    net, module = made
    shake(net)
    if dtype is not None: module.to(dtype)
    torch.save(data(module.state_dict()) if data else module.state_dict(), os.path.join(out, file), _use_new_zipfile_serialization=not legacy)
    tensors = {}
    for name, layer in net.layers.items():
        for key, value in layer.state_dict().items():
            if value.dtype.is_floating_point:
                tensors[f'{name}.{key}'] = hashlib.sha1(value.float().contiguous().numpy().tobytes()).hexdigest()
    index.append(dict(file=file, architecture=architecture, entry=entry, tensors=tensors, norm=net.kind, **facts))


def prefixed(prefix): return lambda state: OrderedDict((prefix + k, v) for k, v in state.items())


def training(state):
    """A larger file: two optimisers' worth of plain data around the network."""
    p = nn.Parameter(torch.randn(3))
    adam = torch.optim.Adam([p])
    p.sum().backward(); adam.step()
    return {'epoch': 12, 'best': 0.25, 'names': ['a', ('b', None, True)], 'big': 2 ** 70, 'netG': state, 'optimizer': adam.state_dict(), 'size': torch.Size([3, 4])}


def strided(state):
    """The same values in every layout that PyTorch can save: channels last, transposed, a window of a larger storage, parameters."""
    result = OrderedDict()
    for i, (k, v) in enumerate(state.items()):
        if v.dim() == 4:
            if i % 3 == 0: v = v.contiguous(memory_format=torch.channels_last)
            elif i % 3 == 1: v = v.permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0)
            else:
                big = torch.zeros(v.shape[0] + 2, v.shape[1] + 1, v.shape[2], v.shape[3] + 3)
                big[1:-1, 1:, :, 2:-1] = v
                v = big[1:-1, 1:, :, 2:-1]
        elif v.dim() == 1: v = nn.Parameter(v.clone())
        result[k] = v
    return result


save('unet_batch.pth', unet(5, 4, 'batch', 3, 2), 'unet-32', filters=4, inputs=3, outputs=2)
save('unet_instance_legacy.pth', unet(3, 4, 'instance', 1), 'unet-8', legacy=True, filters=4, inputs=1, outputs=3)
save('unet_none.pt', unet(2, 6, 'none'), 'unet-4', filters=6, inputs=3, outputs=3)
save('unet_wrapped_legacy.pth', unet(4, 4, 'batch'), 'unet-16', data=prefixed('module.'), legacy=True, entry='module', filters=4, inputs=3, outputs=3)
save('unet_double.pth', unet(3, 4, 'batch'), 'unet-8', dtype=torch.float64, filters=4, inputs=3, outputs=3)
save('unet_strided.pth', unet(6, 4, 'batch'), 'unet-64', data=strided, filters=4, inputs=3, outputs=3)
save('unet_strided_legacy.pth', unet(3, 4, 'instance'), 'unet-8', data=strided, legacy=True, filters=4, inputs=3, outputs=3)
save('resnet.pth', resnet(3, 4, 'instance'), 'resnet-3', filters=4, inputs=3, outputs=3, dropout=False)
save('resnet_old.pth', resnet(2, 4, 'instance', old=True), 'resnet-2', legacy=True, filters=4, inputs=3, outputs=3, dropout=False)
save('resnet_dropout.pth', resnet(1, 4, 'batch', dropout=True), 'resnet-1', filters=4, inputs=3, outputs=3, dropout=True)
save('resnet_none_half.pth', resnet(2, 4, 'none', dropout=True, inputs=1, outputs=1), 'resnet-2', dtype=torch.float16, filters=4, inputs=1, outputs=1, dropout=True)
save('resnet_bfloat16_legacy.pth', resnet(1, 4, 'instance'), 'resnet-1', dtype=torch.bfloat16, legacy=True, filters=4, inputs=3, outputs=3, dropout=False)
save('training.pth', resnet(1, 4, 'instance'), 'resnet-1', data=training, entry='netG', filters=4, inputs=3, outputs=3, dropout=False)
save('training_legacy.pth', unet(3, 4, 'batch'), 'unet-8', data=training, legacy=True, entry='netG', filters=4, inputs=3, outputs=3)
save('lightning.ckpt', unet(3, 4, 'batch'), 'unet-8', data=lambda s: {'state_dict': prefixed('generator.net.')(s), 'epoch': 3}, entry='state_dict.generator.net', filters=4, inputs=3, outputs=3)
save('patch3.pth', patch(3, 4, 'batch'), 'patch', filters=4, inputs=6, layers=3)
save('patch2_legacy.pth', patch(2, 4, 'instance', 3), 'patch', legacy=True, filters=4, inputs=3, layers=2)
save('patch1.pth', patch(1, 4, 'none'), 'patch', filters=4, inputs=6, layers=1)
save('patch5.pth', patch(5, 2, 'batch'), 'patch', filters=2, inputs=6, layers=5)
save('pixel.pth', pixel(4, 'batch'), 'pixel', filters=4, inputs=6)
save('pixel_instance.pth', pixel(4, 'instance', 3), 'pixel', filters=4, inputs=3)
save('vgg16.pth', vgg16(), 'vgg16', dtype=torch.float16, inputs=3)

# Two generators and a discriminator in one file; the index describes the second generator.
a, b, d = resnet(1, 4, 'instance')[1].state_dict(), resnet(1, 4, 'instance'), patch(3, 4, 'instance', 3)[1].state_dict()
save('cyclegan.pth', b, 'resnet-1', data=lambda s: {'netG_A': a, 'netG_B': s, 'netD_A': d}, entry='netG_B', filters=4, inputs=3, outputs=3, dropout=False)
index[-1]['ask'] = 'netG_B'


# Files that must be refused, and what the message must say.
class Evil:
    def __reduce__(self): return os.system, ('echo executed > ' + os.path.join(out, 'executed'),)


refused = {}
def refuse(file, data, *messages, **kwargs):
    torch.save(data, os.path.join(out, file), **kwargs)
    refused[file] = messages


good = unet(3, 4, 'batch')[1].state_dict()
refuse('evil.pth', {'x': Evil(), **good}, 'posix.system')
refuse('evil_legacy.pth', {'x': Evil(), **good}, 'posix.system', _use_new_zipfile_serialization=False)
refuse('module.pth', nn.Conv2d(1, 1, 1), 'torch.nn.modules.conv.Conv2d', 'state_dict()')
refuse('numpy.pth', {'x': torch.zeros(1).numpy()}, 'numpy.core.multiarray._reconstruct')
refuse('set.pth', {'x': {1, 2}}, 'builtin__.set')
refuse('missing.pth', {k: v for k, v in good.items() if k != 'model.model.1.model.1.weight'}, 'unet-8', 'model.model.1.model.1.weight: expected [8, 4, 4, 4], found nothing')
refuse('shape.pth', {**good, 'model.model.1.model.2.bias': torch.zeros(9)}, 'model.model.1.model.2.bias: expected [8], found [9]')
refuse('extra.pth', {**good, 'model.model.9.weight': torch.zeros(2, 3)}, 'model.model.9.weight: expected nothing, found [2, 3]')
refuse('unknown.pth', {'layers.0.weight': torch.zeros(2, 3)}, 'layers.0.weight', 'U-Net')
refuse('no_tensors.pth', [1, 2, 'x'], 'no tensors')
refuse('two.pth', {'netG_A': a, 'netG_B': OrderedDict(a)}, "'netG_A' (resnet-1)", "'netG_B' (resnet-1)")
refuse('expanded.pth', {'x.weight': torch.zeros(1).expand(1000, 1000)}, 'more values than the 1 of its storage')
refuse('protocol0.pth', good, 'protocol', pickle_protocol=0)

# Cycles and shared containers are data like any other.
loop = dict(good)
loop['self'] = loop
loop['list'] = [loop, [loop]]
torch.save(loop, os.path.join(out, 'loop.pth'))
torch.save(good, os.path.join(out, 'protocol4.pth'), pickle_protocol=4)

json.dump(dict(index=index, refused=refused), open(os.path.join(out, 'index.json'), 'w'))
