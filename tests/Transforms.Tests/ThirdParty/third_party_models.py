"""Small models with the interfaces of well-known ONNX style and super-resolution models, and what torch makes of an image by each one's own instructions.

Arguments: a folder with image.raw, uint8 [40, 56, 3]. Written: NAME.onnx, and NAME.expected, the resulting image as uint8 [height, width, 3].
"""
import sys
import numpy as np, onnx, torch
import torch.nn.functional as F
from onnx import TensorProto as T, helper as h, numpy_helper as n
from PIL import Image

folder = sys.argv[1]
torch.manual_seed(5)
torch.set_num_threads(1)
image = torch.from_numpy(np.fromfile(f'{folder}/image.raw', np.uint8).reshape(40, 56, 3)).float()
nchw = lambda x: x.permute(2, 0, 1)[None]
DONE = []


class Model:
    """Collects operators; weights get names and values here."""

    def __init__(self, kind=np.float32): self.nodes, self.weights, self.kind = [], [], kind

    def weight(self, value, kind=None):
        name = f'w{len(self.weights)}'
        self.weights.append(n.from_array(np.asarray(value, kind or self.kind), name))
        return name

    def op(self, type, inputs, out=None, **attributes):
        out = out or f't{len(self.nodes)}'
        self.nodes.append(h.make_node(type, inputs if isinstance(inputs, list) else [inputs], [out], **attributes))
        return out

    def conv(self, x, w, b, pad, stride=1, out=None):
        return self.op('Conv', [x, self.weight(w.numpy()), self.weight(b.numpy())], out, kernel_shape=list(w.shape[2:]), pads=[pad] * 4, strides=[stride] * 2)

    def save(self, name, i, o, opset, ir, types=(T.FLOAT, T.FLOAT), inputs='x', outputs=('y',), listed=False, domain='', more=()):
        first = h.make_tensor_value_info(inputs, types[0], i)
        # Exporters of old listed every weight as an input with a default, which versions below 4 of the format demand.
        rest = [h.make_tensor_value_info(w.name, w.data_type, list(w.dims)) for w in self.weights] if listed else []
        results = [h.make_tensor_value_info(result, types[1], shape) for result, shape in zip(outputs, [o, *more])]
        graph = h.make_graph(self.nodes, name, [first, *rest], results, self.weights)
        onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid(domain, opset), h.make_opsetid('ai.onnx.ml', 2)], ir_version=ir, producer_name='third party'), f'{folder}/{name}.onnx')


def expect(name, values, low, high):
    """values: [H, W], [H, W, C] or [C, H, W] turned to [H, W, C] before; low and high are black and white."""
    levels = ((values - low) / (high - low) * 255).clamp(0, 255)
    if levels.dim() == 2: levels = levels[..., None]
    if levels.shape[2] == 1: levels = levels.repeat(1, 1, 3)
    levels.round().byte().numpy().tofile(f'{folder}/{name}.expected')
    DONE.append(name)


def kernel(outputs, inputs, size, near=0.0): return torch.randn(outputs, inputs, size, size) * (0.6 / (inputs * size * size) ** 0.5), torch.randn(outputs) * 0.1


def gray(x): return torch.from_numpy(np.array(Image.fromarray(x.byte().numpy()).convert('L'))).float()


# fast-neural-style (ONNX model zoo): 0..255 RGB, one size, opset 9, IR 3, weights listed as inputs, reflection pads, instance norms, Upsample.
def neural_style():
    m, x = Model(), nchw(image)
    (w1, b1), (w2, b2), s, t = kernel(8, 3, 3), kernel(3, 8, 3), torch.rand(8) + 0.5, torch.randn(8)
    y = m.op('Pad', 'x', mode='reflect', pads=[0, 0, 1, 1, 0, 0, 1, 1])
    y = m.op('Relu', m.op('InstanceNormalization', [m.conv(y, w1, b1, 0, 2), m.weight(s.numpy()), m.weight(t.numpy())], epsilon=1e-5))
    y = m.op('Upsample', [y, m.weight([1, 1, 2, 2])], mode='nearest')
    y = m.conv(m.op('Pad', y, mode='reflect', pads=[0, 0, 1, 1, 0, 0, 1, 1]), w2 * 100, b2, 0)
    m.op('Add', [y, m.weight([128])], 'y')
    m.save('neural-style', [1, 3, 40, 56], [1, 3, 40, 56], 9, 3, listed=True)
    v = F.relu(F.instance_norm(F.conv2d(F.pad(x, [1] * 4, 'reflect'), w1, b1, 2), weight=s, bias=t))
    v = F.conv2d(F.pad(F.interpolate(v, scale_factor=2), [1] * 4, 'reflect'), w2 * 100, b2) + 128
    expect('neural-style', v[0].permute(1, 2, 0), 0, 255)


# AnimeGAN from TensorFlow: NHWC, -1..1, free sizes, names with colons.
def anime():
    m, x = Model(), nchw(image) / 127.5 - 1
    (w1, b1), (w2, b2) = kernel(6, 3, 3), kernel(3, 6, 3)
    y = m.op('Transpose', 'generator_input:0', perm=[0, 3, 1, 2])
    y = m.op('LeakyRelu', m.conv(y, w1, b1, 1, 2), alpha=0.2)
    y = m.op('Resize', [y, m.weight([]), m.weight([1, 1, 2, 2])], mode='linear', coordinate_transformation_mode='half_pixel')
    y = m.op('Tanh', m.conv(y, w2 * 3, b2, 1))
    m.op('Transpose', y, 'generator/G_MODEL/output:0', perm=[0, 2, 3, 1])
    m.save('anime', [-1, -1, -1, 3], [-1, -1, -1, 3], 11, 7, inputs='generator_input:0', outputs=['generator/G_MODEL/output:0'])
    v = F.interpolate(F.leaky_relu(F.conv2d(x, w1, b1, 2, 1), 0.2), scale_factor=2, mode='bilinear', align_corners=False)
    expect('anime', torch.tanh(F.conv2d(v, w2 * 3, b2, 1, 1))[0].permute(1, 2, 0), -1, 1)


# CartoonGAN: BGR, -1..1, dimensions of length 0 for what is free, opset 7.
def cartoon():
    m, x = Model(), nchw(image.flip(2)) / 127.5 - 1
    w, b = kernel(3, 3, 5)
    m.op('Tanh', m.conv('x', w * 3, b, 2), 'y')
    m.save('cartoon', [0, 3, 0, 0], [0, 3, 0, 0], 7, 3, listed=True)
    expect('cartoon', torch.tanh(F.conv2d(x, w * 3, b, 1, 2))[0].permute(1, 2, 0).flip(2), -1, 1)


# The sub-pixel CNN of PyTorch's tutorial: brightness alone in 0..1, three times as large, by Reshape and Transpose, batch free.
def sub_pixel():
    m, x = Model(), gray(image)[None, None] / 255
    w, b = kernel(9, 1, 3)
    w[:, 0, 1, 1] += 0.8
    y = m.conv('input', w, b * 0, 1)
    y = m.op('Reshape', [y, m.weight([-1, 1, 3, 3, 40, 56], np.int64)])
    y = m.op('Transpose', y, perm=[0, 1, 4, 2, 5, 3])
    m.op('Reshape', [y, m.weight([-1, 1, 120, 168], np.int64)], 'output')
    m.save('sub-pixel', ['batch_size', 1, 40, 56], ['batch_size', 1, 120, 168], 10, 6, inputs='input', outputs=['output'])
    expect('sub-pixel', F.pixel_shuffle(F.conv2d(x, w, b * 0, 1, 1), 3)[0, 0], 0, 1)


# Real-ESRGAN: 0..1, four times as large, free sizes; as float and with a float16 interface.
def real_esrgan(name, kind, type):
    m, x = Model(kind), nchw(image) / 255
    w, b = kernel(48, 3, 3)
    for c in range(3): w[16 * c:16 * (c + 1), c, 1, 1] += 0.5
    m.op('DepthToSpace', m.conv('input', w, b, 1), 'output', blocksize=4, mode='CRD')
    m.save(name, ['batch', 3, 'height', 'width'], ['batch', 3, 'out_height', 'out_width'], 16, 8, types=(type, type), inputs='input', outputs=['output'])
    expect(name, F.pixel_shuffle(F.conv2d(x, w, b, 1, 1), 4)[0].permute(1, 2, 0), 0, 1)


# SRGAN from tf2onnx: NHWC, 0..1 in and -1..1 out, twice as large, the newest opset.
def srgan():
    m, x = Model(), nchw(image) / 255
    w, b = kernel(12, 3, 3)
    y = m.op('Transpose', 'lr', perm=[0, 3, 1, 2])
    y = m.op('Tanh', m.op('DepthToSpace', m.conv(y, w * 3, b, 1), blocksize=2, mode='CRD'))
    m.op('Transpose', y, 'sr', perm=[0, 2, 3, 1])
    m.save('srgan', ['unk__40', None, None, 3], ['unk__41', None, None, 3], 21, 10, inputs='lr', outputs=['sr'])
    expect('srgan', torch.tanh(F.pixel_shuffle(F.conv2d(x, w * 3, b, 1, 1), 2))[0].permute(1, 2, 0), -1, 1)


MEAN, STD = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])


# U2-Net: ImageNet's mean and deviation, one size, several masks as outputs.
def mask():
    m, x = Model(), nchw((image / 255 - MEAN) / STD)
    (w1, b1), (w2, b2) = kernel(1, 3, 5), kernel(1, 3, 3)
    m.op('Sigmoid', m.conv('input.1', w1 * 2, b1, 2), '1959')
    m.op('Sigmoid', m.conv('input.1', w2, b2, 1), '1960')
    m.save('mask', [1, 3, 40, 56], [1, 1, 40, 56], 11, 6, inputs='input.1', outputs=['1959', '1960'], more=[[1, 1, 40, 56]])
    expect('mask', torch.sigmoid(F.conv2d(x, w1 * 2, b1, 1, 2))[0, 0], 0, 1)


# Zero-DCE: the enhanced image and its curves, an output of 24 channels.
def low_light():
    m, x = Model(), nchw(image) / 255
    w, b = kernel(3, 3, 3)
    a = m.op('Tanh', m.conv('x', w, b, 1))
    m.op('Concat', [a] * 8, 'curves', axis=1)
    m.op('Add', ['x', m.op('Mul', [a, m.op('Sub', [m.op('Mul', ['x', 'x']), 'x'])])], 'enhanced')
    m.save('low-light', [1, 3, 'h', 'w'], [1, 3, 'h', 'w'], 12, 7, outputs=['enhanced', 'curves'], more=[[1, 24, 'h', 'w']])
    t = torch.tanh(F.conv2d(x, w, b, 1, 1))
    expect('low-light', (x + t * (x * x - x))[0].permute(1, 2, 0), 0, 1)


# MiDaS: depth without a dimension for channels.
def depth():
    m, x = Model(), nchw(image) / 255
    w, b = kernel(1, 3, 3)
    m.op('Squeeze', [m.op('Sigmoid', m.conv('x', w * 4, b, 1)), m.weight([1], np.int64)], 'y')
    m.save('depth', ['batch', 3, 'h', 'w'], ['batch', 'h', 'w'], 13, 7)
    expect('depth', torch.sigmoid(F.conv2d(x, w * 4, b, 1, 1))[0, 0], 0, 1)


# One image without a batch, channels first in and last out.
def single():
    m, x = Model(), nchw(image) / 255
    w, b = kernel(3, 3, 3)
    y = m.op('Sigmoid', m.conv(m.op('Unsqueeze', ['x', m.weight([0], np.int64)]), w * 4, b, 1))
    m.op('Transpose', m.op('Squeeze', [y, m.weight([0], np.int64)]), 'y', perm=[1, 2, 0])
    m.save('single', [3, None, None], [None, None, 3], 13, 7)
    expect('single', torch.sigmoid(F.conv2d(x, w * 4, b, 1, 1))[0].permute(1, 2, 0), 0, 1)


# Bytes in, channels first, floats of 0..1 out; the batch is fixed, the domain written out.
def bytes_in():
    m, x = Model(), nchw(image) / 255
    w, b = kernel(3, 3, 3)
    y = m.op('Div', [m.op('Cast', 'x', to=T.FLOAT), m.weight([255])])
    m.op('Sigmoid', m.conv(y, w * 4, b, 1), 'y')
    m.save('bytes-in', [1, 3, 'h', 'w'], [1, 3, 'h', 'w'], 17, 8, types=(T.UINT8, T.FLOAT), domain='ai.onnx')
    expect('bytes-in', torch.sigmoid(F.conv2d(x, w * 4, b, 1, 1))[0].permute(1, 2, 0), 0, 1)


with torch.no_grad():
    for make in (neural_style, anime, cartoon, sub_pixel, srgan, mask, low_light, depth, single, bytes_in): make()
    real_esrgan('real-esrgan', np.float32, T.FLOAT)
    real_esrgan('real-esrgan-half', np.float16, T.FLOAT16)
print(' '.join(DONE))
