"""The same training steps in eager PyTorch, as the reference implementation makes them.

pytorch_steps.py KIND LEVELS_OR_BLOCKS NGF NDF SIZE THREADS [float32|bfloat16] [eager|compiled]

First it writes a line about itself and a line with the numbers of parameters of generator and discriminator.
Then for every line "N" on standard input: N steps, answered by "seconds processor-seconds peak-MiB".
"""
import os
import random
import re
import sys
import time

import torch
import torch.nn.functional as F

import reference_networks as networks

kind = sys.argv[1]
depth, ngf, ndf, size, threads = map(int, sys.argv[2:7])
precision = sys.argv[7] if len(sys.argv) > 7 else 'float32'
compiled = len(sys.argv) > 8 and sys.argv[8] == 'compiled'
torch.set_num_threads(threads)
torch.manual_seed(0)
device = 'cuda' if torch.cuda.is_available() else 'cpu'
if device == 'cuda':
    torch.backends.cudnn.allow_tf32 = True
    torch.backends.cudnn.benchmark = True


def ready(pair):
    """A network on the device, with the reference's initial weights."""
    net = pair[1].to(device).train()
    for p in net.parameters():
        if p.dim() > 1:
            torch.nn.init.normal_(p, 0, 0.02)
    return net


def run(net):
    """The network as it is called: compiled where that was asked for. Its parameters stay the same ones."""
    return torch.compile(net) if compiled else net


def adam(*nets):
    return torch.optim.Adam([p for net in nets for p in net.parameters()], lr=2e-4, betas=(0.5, 0.999))


def freeze(value, *nets):
    for net in nets:
        for p in net.parameters():
            p.requires_grad = value


def image():
    return torch.rand(1, 3, size, size, device=device) * 2 - 1


def count(net):
    return sum(p.numel() for p in net.parameters())


class ImagePool:
    """Generated images of earlier steps, of which a discriminator sees some instead of the newest."""

    def __init__(self, capacity=50):
        self.capacity = capacity
        self.images = []

    def query(self, newest):
        newest = newest.detach()
        if len(self.images) < self.capacity:
            self.images.append(newest.clone())
            return newest
        if random.random() < 0.5:
            return newest
        place = random.randrange(self.capacity)
        older = self.images[place]
        self.images[place] = newest.clone()
        return older


class Pix2Pix:
    def __init__(self):
        self.g = ready(networks.unet(depth, ngf, 'batch'))
        self.d = ready(networks.patch(3, ndf, 'batch'))
        self.og = adam(self.g)
        self.od = adam(self.d)
        self.g_run = run(self.g)
        self.d_run = run(self.d)
        self.pairs = [(image(), image()) for _ in range(8)]

    def gan(self, logits, real):
        return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, 1.0 if real else 0.0))

    def step(self, i):
        a, b = self.pairs[i % len(self.pairs)]
        fake = self.g_run(a)
        freeze(True, self.d)
        self.od.zero_grad()
        loss_fake = self.gan(self.d_run(torch.cat([a, fake.detach()], 1)), False)
        loss_real = self.gan(self.d_run(torch.cat([a, b], 1)), True)
        ((loss_fake + loss_real) * 0.5).backward()
        self.od.step()
        freeze(False, self.d)
        self.og.zero_grad()
        (self.gan(self.d_run(torch.cat([a, fake], 1)), True) + F.l1_loss(fake, b) * 100).backward()
        self.og.step()


class CycleGan:
    """g and d translate from A to B and judge images of B; g2 and d2 do the opposite."""

    def __init__(self):
        self.g = ready(networks.resnet(depth, ngf, 'instance'))
        self.g2 = ready(networks.resnet(depth, ngf, 'instance'))
        self.d = ready(networks.patch(3, ndf, 'instance', 3))
        self.d2 = ready(networks.patch(3, ndf, 'instance', 3))
        self.og = adam(self.g, self.g2)
        self.od = adam(self.d, self.d2)
        self.g_run = run(self.g)
        self.g2_run = run(self.g2)
        self.d_run = run(self.d)
        self.d2_run = run(self.d2)
        self.pool = ImagePool()
        self.pool2 = ImagePool()
        self.pairs = [(image(), image()) for _ in range(8)]

    def gan(self, logits, real):
        return F.mse_loss(logits, torch.full_like(logits, 1.0 if real else 0.0))

    def step(self, i):
        a, b = self.pairs[i % len(self.pairs)]
        fake_b = self.g_run(a)
        fake_a = self.g2_run(b)
        cycle = F.l1_loss(self.g2_run(fake_b), a) * 10 + F.l1_loss(self.g_run(fake_a), b) * 10
        freeze(False, self.d, self.d2)
        self.og.zero_grad()
        identity = F.l1_loss(self.g_run(b), b) * 5 + F.l1_loss(self.g2_run(a), a) * 5
        (self.gan(self.d_run(fake_b), True) + self.gan(self.d2_run(fake_a), True) + cycle + identity).backward()
        self.og.step()
        freeze(True, self.d, self.d2)
        self.od.zero_grad()
        self.judge(self.d_run, b, self.pool.query(fake_b))
        self.judge(self.d2_run, a, self.pool2.query(fake_a))
        self.od.step()

    def judge(self, net, real, fake):
        ((self.gan(net(real), True) + self.gan(net(fake), False)) * 0.5).backward()


def blas():
    """The BLAS that is mapped once torch has multiplied something."""
    torch.ones(64, 64) @ torch.ones(64, 64)
    with open('/proc/self/maps') as maps:
        paths = {line.split()[-1] for line in maps}
    found = sorted(path for path in paths if re.search(r'(blas|mkl|blis)[^/]*\.so[^/]*$', path))
    return ', '.join(map(os.path.realpath, found)) or 'linked into torch'


def peak():
    """MiB. Not ru_maxrss: after fork and exec that begins with the peak of the process that started this one."""
    with open('/proc/self/status') as status:
        return int(re.search(r'VmHWM:\s*(\d+)', status.read())[1]) // 1024


def synchronize():
    if device == 'cuda':
        torch.cuda.synchronize()


trainer = Pix2Pix() if kind == 'pix2pix' else CycleGan()
print(f'version {torch.__version__}, {device}, {torch.get_num_threads()} threads, BLAS {blas()}')
print(count(trainer.g), count(trainer.d), flush=True)
done = 0
for line in sys.stdin:
    steps = int(line)
    synchronize()
    begin = time.perf_counter()
    worked = time.process_time()
    for _ in range(steps):
        with torch.autocast(device, torch.bfloat16, enabled=precision == 'bfloat16'):
            trainer.step(done)
        done += 1
    synchronize()
    print(time.perf_counter() - begin, time.process_time() - worked, peak(), flush=True)
