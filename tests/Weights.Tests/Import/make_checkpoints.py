"""Writes small PyTorch files with the parameter names of the reference implementation, and index.json: what is in them, by our names.

Arguments: the folder to write to, the folder of reference_networks.py.
"""
import argparse, datetime, enum, fractions, hashlib, json, os, pathlib, pickle, random, sys, types, typing
from collections import Counter, OrderedDict, defaultdict, deque
import numpy as np
import torch
from torch import nn

out = sys.argv[1]
sys.path.insert(0, sys.argv[2])
from reference_networks import antialiased, antialiased_patch, patch, pixel, resnet, shake, unet, vgg16

torch.manual_seed(7)
index = []


def save(file, made, architecture, data=None, legacy=False, entry='', dtype=None, pickle_protocol=2, **facts):
    net, module = made
    shake(net)
    if data is one_variance:
        for layer in net.layers.values():
            if isinstance(layer, nn.BatchNorm2d): layer.running_var.fill_(0.75)
    if dtype is not None: module.to(dtype)
    torch.save(data(module.state_dict()) if data else module.state_dict(), os.path.join(out, file), _use_new_zipfile_serialization=not legacy, pickle_protocol=pickle_protocol)
    tensors = {}
    for name, layer in net.layers.items():
        for key, value in layer.state_dict().items():
            if value.dtype.is_floating_point:
                tensors[f'{name}.{key}'] = hashlib.sha1(value.float().contiguous().numpy().tobytes()).hexdigest()
    index.append(dict(file=file, architecture=architecture, entry=entry, tensors=tensors, norm=net.kind, **facts))


def prefixed(prefix): return lambda state: OrderedDict((prefix + k, v) for k, v in state.items())


def training(state):
    """A larger file: what training scripts keep around the network, as plain data and as objects of Python, numpy and torch."""
    p = nn.Parameter(torch.randn(3))
    adam = torch.optim.Adam([p])
    p.sum().backward(); adam.step()
    schedule = torch.optim.lr_scheduler.MultiStepLR(adam, [1, 2])
    return {'opt': argparse.Namespace(name='maps', gpu_ids=[0], inner=argparse.Namespace(lr=2e-4)), 'loss': np.float32(0.5), 'best': np.float64(0.1), 'steps': np.int64(7),
            'curve': np.arange(5.), 'torch': torch.get_rng_state(), 'numpy': np.random.get_state(), 'python': random.getstate(), 'device': torch.device('cpu'), 'dtype': torch.float32,
            'default': defaultdict(list, {'a': [1]}), 'set': {1, 2}, 'frozen': frozenset([1]), 'count': Counter('aab'), 'queue': deque([1, 2], 5), 'path': pathlib.Path('/tmp/x'),
            'when': datetime.datetime.now(), 'bytes': b'abc', 'complex': 1 + 2j, 'scheduler': schedule.state_dict(),
            'epoch': 12, 'names': ['a', ('b', None, True)], 'big': 2 ** 70, 'netG': state, 'optimizer': adam.state_dict(), 'size': torch.Size([3, 4])}


def foreign(module, name, base=object, **members):
    """A class of a library that is not installed here, under its real name."""
    made = type(name, (base,), dict(members, __module__=module, __qualname__=name))
    for i, part in enumerate(module.split('.')):
        sys.modules.setdefault('.'.join(module.split('.')[:i + 1]), types.ModuleType(module))
    setattr(sys.modules[module], name, made)
    return made


AttributeDict = foreign('pytorch_lightning.utilities.parsing', 'AttributeDict', dict)
DictConfig = foreign('omegaconf.dictconfig', 'DictConfig')
Metadata = foreign('omegaconf.base', 'ContainerMetadata')
Callback = foreign('my_project.callbacks', 'Ema')
Record = foreign('my_project.records', 'Record', tuple)
Loss = foreign('losses.gan', 'GANLoss', nn.Module)
Mode = enum.Enum('Mode', ['TRAIN', 'TEST'])
Mode.__module__ = 'my_project.modes'
sys.modules['my_project.modes'] = types.ModuleType('my_project.modes')
sys.modules['my_project.modes'].Mode = Mode


def objects(state):
    """What Lightning, Hydra and hand-written loops leave beside the weights: objects of classes that only their program knows."""
    config, meta, ema, loss = DictConfig(), Metadata(), Callback(), Loss()
    meta.ref_type, meta.flags = typing.Any, defaultdict(lambda: None).__class__
    config._content, config._metadata = {'lr': 2e-4, 'self': config}, meta
    ema.shadow = {'x': torch.randn(3)}
    loss.register_buffer('real_label', torch.tensor(1.0))
    loss.inner = nn.BCEWithLogitsLoss(pos_weight=torch.ones(2))
    return {'hyper_parameters': AttributeDict(ngf=4, data=AttributeDict(root='/x')), 'config': config, 'loss': loss, 'callbacks': [ema], 'record': Record([1, torch.ones(2)]),
            'fraction': fractions.Fraction(1, 2), 'mode': Mode.TEST, 'args': argparse.Namespace(lr=np.float64(2e-4), dtype=np.dtype('f4')), 'complex': torch.randn(2, dtype=torch.complex64),
            'long': b'x' * 300, 'state_dict': prefixed('netG.')(state)}


class Subclass(OrderedDict): pass


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


def average(state):
    """An exponential average over every entry: counts of batches become fractions."""
    return {'decay': 0.999, 'ema': {k: v.float() * 0.5 + v.float() * 0.5 for k, v in state.items()}}


def flat(state):
    """Views of one storage, as fused optimizers leave them; statistics that are one value for all channels; a tensor with an attribute."""
    floats = OrderedDict((k, v) for k, v in state.items() if v.dtype.is_floating_point)
    whole, offset = torch.cat([v.reshape(-1) for v in floats.values()]), 0
    for k, v in floats.items():
        floats[k] = whole[offset:offset + v.numel()].view(v.shape)
        offset += v.numel()
    first = next(iter(floats))
    floats[first] = floats[first].clone()
    floats[first].note = 'first'
    return floats


class Negated:
    """How PyTorch 2 saves a tensor whose negative bit is set: the storage as it is, and the bit."""
    def __init__(self, tensor): self.tensor = tensor
    def __reduce_ex__(self, protocol):
        function, arguments = (-self.tensor).__reduce_ex__(protocol)
        return function, (*arguments, {'neg': True, 'conj': False})


def negated(state): return OrderedDict((k, Negated(v) if v.dim() == 4 else v) for k, v in state.items())


def one_variance(state):
    """Running variances that are one stored value for all channels."""
    return OrderedDict((k, v[:1].expand(v.shape) if k.endswith('running_var') else v) for k, v in state.items())


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
save('antialiased.pth', antialiased(2, 4, 'instance'), 'resnet-2-antialiased', filters=4, inputs=3, outputs=3, dropout=False)
save('antialiased_batch_legacy.pth', antialiased(3, 4, 'batch', dropout=True), 'resnet-3-antialiased', legacy=True, filters=4, inputs=3, outputs=3, dropout=True)
save('antialiased_half.pth', antialiased(1, 4, 'none'), 'resnet-1-antialiased', dtype=torch.float16, filters=4, inputs=3, outputs=3, dropout=False)
save('training.pth', resnet(1, 4, 'instance'), 'resnet-1', data=training, entry='netG', filters=4, inputs=3, outputs=3, dropout=False)
save('training_legacy.pth', unet(3, 4, 'batch'), 'unet-8', data=training, legacy=True, entry='netG', filters=4, inputs=3, outputs=3)
save('lightning.ckpt', unet(3, 4, 'batch'), 'unet-8', data=lambda s: {'state_dict': prefixed('generator.net.')(s), 'epoch': 3}, entry='state_dict.generator.net', filters=4, inputs=3, outputs=3)
save('training4.pth', unet(3, 4, 'batch'), 'unet-8', data=training, entry='netG', filters=4, inputs=3, outputs=3, pickle_protocol=4)
save('objects.ckpt', unet(3, 4, 'batch'), 'unet-8', data=objects, entry='state_dict.netG', filters=4, inputs=3, outputs=3)
save('objects_legacy.ckpt', unet(3, 4, 'batch'), 'unet-8', data=objects, legacy=True, entry='state_dict.netG', filters=4, inputs=3, outputs=3)
save('objects4.ckpt', unet(3, 4, 'batch'), 'unet-8', data=objects, entry='state_dict.netG', filters=4, inputs=3, outputs=3, pickle_protocol=4)
save('subclass.pth', unet(3, 4, 'batch'), 'unet-8', data=lambda s: {'model': Subclass(s)}, entry='model', filters=4, inputs=3, outputs=3)
save('average.pth', unet(3, 4, 'batch'), 'unet-8', data=average, entry='ema', filters=4, inputs=3, outputs=3)
save('swa.pth', unet(3, 4, 'batch'), 'unet-8', data=lambda s: {'n_averaged': torch.tensor(3), **prefixed('module.')(s)}, entry='module', filters=4, inputs=3, outputs=3)
save('compiled.pth', unet(3, 4, 'batch'), 'unet-8', data=lambda s: prefixed('_orig_mod.')(prefixed('module.')(s)), entry='_orig_mod.module', filters=4, inputs=3, outputs=3)
save('compiled_inside.pth', unet(3, 4, 'batch'), 'unet-8', data=lambda s: OrderedDict((k.replace('model.', 'model._orig_mod.', 1), v) for k, v in s.items()), filters=4, inputs=3, outputs=3)
save('empty_tensors.pth', unet(3, 4, 'batch'), 'unet-8', data=lambda s: {**s, 'empty': torch.zeros(0), 'steps': torch.zeros(3, 0)}, filters=4, inputs=3, outputs=3)
save('params_ema.pth', unet(3, 4, 'batch'), 'unet-8', data=lambda s: {'params_ema': s, 'optimizer_states': [torch.optim.Adam([nn.Parameter(torch.zeros(3))]).state_dict()]}, entry='params_ema', filters=4, inputs=3, outputs=3)
save('bfloat16.pth', unet(3, 4, 'batch'), 'unet-8', dtype=torch.bfloat16, filters=4, inputs=3, outputs=3)
save('flat.pth', unet(3, 4, 'batch'), 'unet-8', data=flat, filters=4, inputs=3, outputs=3)
save('flat_legacy.pth', resnet(1, 4, 'instance'), 'resnet-1', data=flat, legacy=True, filters=4, inputs=3, outputs=3, dropout=False)
save('negated.pth', unet(3, 4, 'batch'), 'unet-8', data=negated, filters=4, inputs=3, outputs=3)
save('expanded_norms.pth', unet(3, 4, 'batch'), 'unet-8', data=one_variance, filters=4, inputs=3, outputs=3)
save('patch3.pth', patch(3, 4, 'batch'), 'patch', filters=4, inputs=6, layers=3)
save('patch2_legacy.pth', patch(2, 4, 'instance', 3), 'patch', legacy=True, filters=4, inputs=3, layers=2)
save('patch1.pth', patch(1, 4, 'none'), 'patch', filters=4, inputs=6, layers=1)
save('patch5.pth', patch(5, 2, 'batch'), 'patch', filters=2, inputs=6, layers=5)
save('antialiased_patch1.pth', antialiased_patch(1, 4, 'batch'), 'patch-antialiased', filters=4, inputs=6, layers=1)
save('antialiased_patch3.pth', antialiased_patch(3, 4, 'instance', 3), 'patch-antialiased', filters=4, inputs=3, layers=3)
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
refuse('module.pth', nn.Conv2d(1, 1, 1), 'the file itself', 'torch.nn.modules.conv.Conv2d', 'state_dict()')
refuse('module_legacy.pth', {'netG': nn.Conv2d(1, 1, 1), 'epoch': 3}, "'netG'", 'torch.nn.modules.conv.Conv2d', '2 tensors', 'state_dict()', _use_new_zipfile_serialization=False)
refuse('object_weight.pth', {**good, 'model.model.1.model.2.bias': fractions.Fraction(1, 2)}, 'model.model.1.model.2.bias: expected [8], found an object of class fractions.Fraction')
quantized = torch.quantize_per_tensor(torch.randn(8, 4, 4, 4), 0.1, 0, torch.qint8)
refuse('quantized.pth', {**good, 'model.model.1.model.1.weight': quantized}, 'model.model.1.model.1.weight', 'torch._utils._rebuild_qtensor')
refuse('sparse.pth', {k: v.to_sparse() if v.dim() == 4 else v for k, v in good.items()}, "'model.model.0.weight'", '_rebuild_sparse_tensor', 'to_dense()')
refuse('ema_and_raw.pth', {'g': good, 'g_ema': OrderedDict(good)}, "'g' (unet-8)", "'g_ema' (unet-8)")
refuse('numpy.pth', {k: v.numpy() for k, v in good.items()}, 'numpy.core.multiarray._reconstruct', 'save them as plain tensors')
refuse('plain_pickle.pth', good, 'none that torch.save wrote')
pickle.dump(good, open(os.path.join(out, 'plain_pickle.pth'), 'wb'))
refuse('missing.pth', {k: v for k, v in good.items() if k != 'model.model.1.model.1.weight'}, 'unet-8', 'model.model.1.model.1.weight: expected [8, 4, 4, 4], found nothing')
refuse('shape.pth', {**good, 'model.model.1.model.2.bias': torch.zeros(9)}, 'model.model.1.model.2.bias: expected [8], found [9]')
refuse('extra.pth', {**good, 'model.model.9.weight': torch.zeros(2, 3)}, 'model.model.9.weight: expected nothing, found [2, 3]')
refuse('other_filter.pth', antialiased(1, 4, 'instance', halving=(1., 1., 1.))[1].state_dict(), 'resnet-1-antialiased', 'model.7.filt: expected nothing')
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
