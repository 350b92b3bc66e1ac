"""Writes checkpoints of networks with the reference's structure, and what PyTorch makes of an image: python3 run_reference.py FOLDER MODULES.

For every case NAME.pth, NAME.input, NAME.running (eval mode) and NAME.image (train mode at batch 1 without dropout), all float32, and cases.json.
"""
import json, os, sys
import torch
from torch import nn

out = sys.argv[1]
sys.path.insert(0, sys.argv[2])
from reference_networks import antialiased, antialiased_patch, patch, pixel, resnet, shake, unet

torch.manual_seed(11)
torch.set_num_threads(1)
cases = {
    'unet_batch': (unet(6, 8, 'batch'), [1, 3, 128, 64], False),
    'unet_instance': (unet(5, 6, 'instance'), [1, 3, 64, 32], True),
    'unet_none': (unet(3, 6, 'none'), [1, 3, 16, 24], False),
    'resnet_instance': (resnet(3, 8, 'instance'), [1, 3, 48, 64], True),
    'resnet_batch_dropout': (resnet(2, 8, 'batch', dropout=True), [1, 3, 32, 32], False),
    'antialiased_instance': (antialiased(2, 8, 'instance'), [1, 3, 36, 28], False),
    'antialiased_batch': (antialiased(1, 8, 'batch'), [1, 3, 32, 32], True),
    'patch_batch': (patch(3, 8, 'batch'), [1, 6, 64, 48], False),
    'patch_instance': (patch(2, 8, 'instance', 3), [1, 3, 64, 48], True),
    # A map of logits of the image's own size is no gray image.
    'antialiased_patch': (antialiased_patch(3, 8, 'instance', 3), [1, 3, 64, 49], False),
    'pixel_instance': (pixel(8, 'instance', 3), [1, 3, 16, 16], False),
    'pixel_batch': (pixel(8, 'batch'), [1, 6, 16, 16], True),
}
for name, ((net, module), shape, legacy) in cases.items():
    shake(net)
    torch.save(module.state_dict(), os.path.join(out, name + '.pth'), _use_new_zipfile_serialization=not legacy)
    x = torch.rand(shape) * 2 - 1
    x.numpy().tofile(os.path.join(out, name + '.input'))
    for layer in module.modules():
        if isinstance(layer, nn.Dropout): layer.p = 0.0
    with torch.no_grad():
        module.eval()(x).numpy().tofile(os.path.join(out, name + '.running'))
        module.train()(x).numpy().tofile(os.path.join(out, name + '.image'))
json.dump({name: case[1] for name, case in cases.items()}, open(os.path.join(out, 'cases.json'), 'w'))
