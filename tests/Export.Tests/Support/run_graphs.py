"""Runs network graphs (our JSON) on PyTorch: python3 run_graphs.py FOLDER.

FOLDER holds for every case NAME.json {"graph": ..., "weights": [[name, shape], ...], "input": [n, c, h, w], "statistics": "running" | "image"},
NAME.weights (float32 values one tensor after another) and NAME.input (float32). Writes NAME.expected (float32) and NAME.shape.
"""
import json, pathlib, sys
import numpy, torch
import torch.nn.functional as F

torch.set_num_threads(1)


def crop_of(layer):
    p = layer.get("padding") or {}
    return [p.get(side, 0) for side in ("left", "top", "right", "bottom")]


def apply(layer, x, w, statistics):
    kind, name = layer["type"], layer["name"]
    get = lambda suffix: w.get(name + "." + suffix)
    if kind == "convolution":
        l, t, r, b = crop_of(layer)
        return F.conv2d(F.pad(x[0], (l, r, t, b)), get("weight"), get("bias"), stride=layer.get("stride", 1))
    if kind == "transposed-convolution":
        l, t, r, b = crop_of(layer)
        y = F.conv_transpose2d(x[0], get("weight"), get("bias"), stride=layer.get("stride", 1))
        return y[:, :, t:y.shape[2] - b, l:y.shape[3] - r]
    if kind == "normalization":
        running = layer.get("runningStatistics", False) and not layer.get("alwaysBatchStatistics", False) and statistics == "running"
        eps = layer.get("epsilon", 0)
        if running:
            return F.batch_norm(x[0], get("running_mean"), get("running_var"), get("weight"), get("bias"), False, 0, eps)
        if layer["kind"] == "batch":  # train mode, image by image
            return torch.cat([F.batch_norm(one[None], None, None, get("weight"), get("bias"), True, 0, eps) for one in x[0]])
        return F.instance_norm(x[0], None, None, get("weight"), get("bias"), True, 0, eps)
    if kind == "activation":
        return {"relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
                "leaky-relu": lambda v: F.leaky_relu(v, layer.get("negativeSlope", 0))}[layer.get("kind", "relu")](x[0])
    if kind == "dropout":
        return x[0]
    if kind == "padding":
        l, t, r, b = crop_of(layer)
        return F.pad(x[0], (l, r, t, b), {"reflect": "reflect", "replicate": "replicate"}.get(layer.get("mode"), "constant"))
    if kind == "pooling":
        l, t, r, b = crop_of(layer)
        k, s = layer["kernelSize"], layer["stride"]
        if layer.get("kind", "max") == "max":
            return F.max_pool2d(F.pad(x[0], (l, r, t, b), value=-numpy.inf), k, s)
        count = F.avg_pool2d(F.pad(torch.ones_like(x[0]), (l, r, t, b)), k, s)
        return F.avg_pool2d(F.pad(x[0], (l, r, t, b)), k, s) / count
    if kind == "upsampling":
        if layer.get("mode", "nearest") == "nearest":
            return F.interpolate(x[0], scale_factor=layer["scale"], mode="nearest")
        return F.interpolate(x[0], scale_factor=layer["scale"], mode="bilinear", align_corners=False)
    if kind == "blur":
        y = F.pad(x[0], (1, 1, 1, 1), "reflect")
        y = (y[:, :, :-2:2] + 2 * y[:, :, 1:-1:2] + y[:, :, 2::2]) / 4
        return (y[:, :, :, :-2:2] + 2 * y[:, :, :, 1:-1:2] + y[:, :, :, 2::2]) / 4
    if kind == "concatenation":
        return torch.cat(x, 1)
    if kind == "addition":
        return sum(x[1:], x[0])
    if kind == "scale":
        return x[0] * torch.tensor(layer["scale"])[:, None, None] + torch.tensor(layer["offset"])[:, None, None]
    if kind == "flatten":
        return x[0].flatten(1)
    if kind == "dense":
        return F.linear(x[0], get("weight"), get("bias"))
    raise ValueError(kind)


folder = pathlib.Path(sys.argv[1])
for path in sorted(folder.glob("*.json")):
    case = json.loads(path.read_text())
    values = numpy.fromfile(path.with_suffix(".weights"), numpy.float32)
    weights, start = {}, 0
    for name, shape in case["weights"]:
        count = int(numpy.prod(shape))
        weights[name] = torch.from_numpy(values[start:start + count].reshape(shape))
        start += count
    outputs = {"input": torch.from_numpy(numpy.fromfile(path.with_suffix(".input"), numpy.float32).reshape(case["input"]))}
    with torch.no_grad():
        for layer in case["graph"]["layers"]:
            result = apply(layer, [outputs[name] for name in layer["inputs"]], weights, case["statistics"])
            outputs[layer["name"]] = result
    result.contiguous().numpy().tofile(path.with_suffix(".expected"))
    path.with_suffix(".shape").write_text(json.dumps(list(result.shape)))
