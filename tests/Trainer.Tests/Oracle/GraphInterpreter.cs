namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// Python that runs a network graph's JSON with PyTorch's functional operators: an execution that shares nothing with
/// ours but the graph.
/// </summary>
internal static class GraphInterpreter
{
    public const string Script = """
        import json, struct, sys
        import numpy as np, torch
        import torch.nn.functional as F
        torch.set_num_threads(1)

        def load(path):
            with open(path, 'rb') as f:
                n = struct.unpack('<Q', f.read(8))[0]
                header = json.loads(f.read(n)); data = f.read()
            out = {}
            for k, v in header.items():
                if k == '__metadata__': continue
                assert v['dtype'] == 'F32', v
                a, b = v['data_offsets']
                out[k] = torch.from_numpy(np.frombuffer(data[a:b], dtype='<f4').reshape(v['shape']).copy())
            return out

        def save(path, tensors):
            header, blobs, at = {}, [], 0
            for k, t in tensors.items():
                b = t.detach().contiguous().numpy().astype('<f4').tobytes()
                header[k] = {'dtype': 'F32', 'shape': list(t.shape), 'data_offsets': [at, at + len(b)]}
                blobs.append(b); at += len(b)
            h = json.dumps(header).encode(); h += b' ' * (-len(h) % 8)
            with open(path, 'wb') as f:
                f.write(struct.pack('<Q', len(h))); f.write(h)
                for b in blobs: f.write(b)

        class Net:
            def __init__(self, graph, weights, low=False):
                self.low = low
                self.layers = json.load(open(graph))['layers']
                self.w = load(weights) if isinstance(weights, str) else weights
                for k, t in self.w.items():
                    if not k.endswith(('running_mean', 'running_var')): t.requires_grad_(True)
            def parameters(self):
                return [t for k, t in self.w.items() if t.requires_grad]
            def __call__(self, x, mode='training', keep=None):
                v = {'input': x}
                for l in self.layers:
                    v[l['name']] = self.layer(l, [v[i] for i in l['inputs']], mode)
                if keep is not None: keep.update(v)
                return v[self.layers[-1]['name']]
            def layer(self, l, xs, mode):
                # bfloat16 where the network is asked for it: casts around the layers that multiply.
                if not (self.low and l['type'] in ('convolution', 'transposed-convolution', 'dense')): return self.run(l, xs, mode, lambda t: t)
                # (PyTorch 1.13 on a CPU lacks the transposed convolution: float32 on rounded numbers.)
                wide = (lambda t: t.float()) if l['type'] == 'transposed-convolution' else (lambda t: t)
                return self.run(l, [wide(x.bfloat16()) for x in xs], mode, lambda t: None if t is None else wide(t.bfloat16())).bfloat16().float()
            def run(self, l, xs, mode, cast):
                x, t, n = xs[0], l['type'], l['name']
                g = lambda s: cast(self.w.get(n + '.' + s))
                p = l.get('padding') or {}
                left, top, right, bottom = (p.get(k, 0) for k in ('left', 'top', 'right', 'bottom'))
                if t == 'convolution':
                    return F.conv2d(F.pad(x, (left, right, top, bottom)), g('weight'), g('bias'), stride=l.get('stride', 1))
                if t == 'transposed-convolution':
                    y = F.conv_transpose2d(x, g('weight'), g('bias'), stride=l.get('stride', 1))
                    return y[:, :, top:y.shape[2] - bottom, left:y.shape[3] - right]
                if t == 'normalization':
                    batch = l['kind'] == 'batch'
                    eps, momentum = l.get('epsilon', 1e-5), l.get('momentum', 0.1)
                    if batch and mode == 'training':
                        return F.batch_norm(x, g('running_mean'), g('running_var'), g('weight'), g('bias'), True, momentum, eps)
                    if batch and mode == 'running' and g('running_mean') is not None and not l.get('alwaysBatchStatistics', False):
                        return F.batch_norm(x, g('running_mean'), g('running_var'), g('weight'), g('bias'), False, momentum, eps)
                    m = x.mean((2, 3), keepdim=True); s = x.var((2, 3), unbiased=False, keepdim=True)
                    y = (x - m) / torch.sqrt(s + eps)
                    return y if g('weight') is None else y * g('weight').view(1, -1, 1, 1) + g('bias').view(1, -1, 1, 1)
                if t == 'activation':
                    k = l['kind']
                    return {'relu': lambda: F.relu(x), 'leaky-relu': lambda: F.leaky_relu(x, l['negativeSlope']), 'tanh': lambda: torch.tanh(x), 'sigmoid': lambda: torch.sigmoid(x)}[k]()
                if t == 'dropout': return F.dropout(x, l.get('probability', 0.5), mode == 'training')
                if t == 'padding': return F.pad(x, (left, right, top, bottom), {'zero': 'constant', 'reflect': 'reflect', 'replicate': 'replicate'}[l.get('mode', 'zero')])
                if t == 'pooling':
                    assert left == right and top == bottom
                    if l['kind'] == 'max': return F.max_pool2d(x, l.get('kernelSize', 2), l.get('stride', 2), (top, left))
                    return F.avg_pool2d(x, l.get('kernelSize', 2), l.get('stride', 2), (top, left), count_include_pad=False)
                if t == 'upsampling':
                    s = l.get('scale', 2)
                    return F.interpolate(x, scale_factor=s, mode='nearest') if l.get('mode', 'nearest') == 'nearest' else F.interpolate(x, scale_factor=s, mode='bilinear', align_corners=False)
                if t == 'blur':
                    y = F.pad(x, (1, 1, 1, 1), 'reflect')
                    y = (y[:, :, :-2:2] + 2 * y[:, :, 1:-1:2] + y[:, :, 2::2]) / 4
                    return (y[:, :, :, :-2:2] + 2 * y[:, :, :, 1:-1:2] + y[:, :, :, 2::2]) / 4
                if t == 'concatenation': return torch.cat(xs, 1)
                if t == 'addition': return sum(xs[1:], xs[0])
                if t == 'scale': return x * torch.tensor(l['scale']).view(1, -1, 1, 1) + torch.tensor(l['offset']).view(1, -1, 1, 1)
                if t == 'flatten': return x.flatten(1)
                if t == 'dense': return F.linear(x, g('weight'), g('bias'))
                raise Exception('unknown layer ' + t)

        """;
}
