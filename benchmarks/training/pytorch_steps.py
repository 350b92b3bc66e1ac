"""The same training steps in eager PyTorch, as the reference implementation makes them.

pytorch_steps.py KIND LEVELS_OR_BLOCKS NGF NDF SIZE THREADS
Then for every line "N" on standard input: N steps, answered by "seconds processor-seconds peak-MiB" on standard output.
"""
import resource, sys, time
import torch, torch.nn.functional as F
import reference_networks as networks

kind, depth, ngf, ndf, size, threads = sys.argv[1], *map(int, sys.argv[2:7])
torch.set_num_threads(threads)
torch.manual_seed(0)
device = 'cuda' if torch.cuda.is_available() else 'cpu'
if device == 'cuda': torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True


def ready(pair):
    net = pair[1].to(device).train()
    for p in net.parameters():
        if p.dim() > 1: torch.nn.init.normal_(p, 0, 0.02)
    return net


def adam(*nets): return torch.optim.Adam([p for net in nets for p in net.parameters()], lr=2e-4, betas=(0.5, 0.999))


def freeze(value, *nets):
    for net in nets:
        for p in net.parameters(): p.requires_grad = value


def image(): return torch.rand(1, 3, size, size, device=device) * 2 - 1


class Pix2Pix:
    def __init__(self):
        self.g, self.d = ready(networks.unet(depth, ngf, 'batch')), ready(networks.patch(3, ndf, 'batch'))
        self.og, self.od = adam(self.g), adam(self.d)
        self.pairs = [(image(), image()) for _ in range(8)]

    def gan(self, logits, real): return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, 1.0 if real else 0.0))

    def step(self, i):
        a, b = self.pairs[i % len(self.pairs)]
        fake = self.g(a)
        freeze(True, self.d)
        self.od.zero_grad()
        loss_fake = self.gan(self.d(torch.cat([a, fake.detach()], 1)), False)
        loss_real = self.gan(self.d(torch.cat([a, b], 1)), True)
        ((loss_fake + loss_real) * 0.5).backward()
        self.od.step()
        freeze(False, self.d)
        self.og.zero_grad()
        (self.gan(self.d(torch.cat([a, fake], 1)), True) + F.l1_loss(fake, b) * 100).backward()
        self.og.step()


class CycleGan:
    def __init__(self):
        make = lambda: ready(networks.resnet(depth, ngf, 'instance'))
        judge = lambda: ready(networks.patch(3, ndf, 'instance', 3))
        self.ga, self.gb, self.da, self.db = make(), make(), judge(), judge()
        self.og, self.od = adam(self.ga, self.gb), adam(self.da, self.db)
        self.pairs = [(image(), image()) for _ in range(8)]

    def gan(self, logits, real): return F.mse_loss(logits, torch.full_like(logits, 1.0 if real else 0.0))

    def step(self, i):
        a, b = self.pairs[i % len(self.pairs)]
        fake_b, fake_a = self.ga(a), self.gb(b)
        rec_a, rec_b = self.gb(fake_b), self.ga(fake_a)
        freeze(False, self.da, self.db)
        self.og.zero_grad()
        loss = F.l1_loss(self.ga(b), b) * 5 + F.l1_loss(self.gb(a), a) * 5
        loss = loss + self.gan(self.da(fake_b), True) + self.gan(self.db(fake_a), True) + F.l1_loss(rec_a, a) * 10 + F.l1_loss(rec_b, b) * 10
        loss.backward()
        self.og.step()
        freeze(True, self.da, self.db)
        self.od.zero_grad()
        for judge, real, fake in ((self.da, b, fake_b), (self.db, a, fake_a)):
            ((self.gan(judge(real), True) + self.gan(judge(fake.detach()), False)) * 0.5).backward()
        self.od.step()


trainer = Pix2Pix() if kind == 'pix2pix' else CycleGan()
print(torch.__version__, device, torch.get_num_threads(), flush=True)
done = 0
for line in sys.stdin:
    count = int(line)
    if device == 'cuda': torch.cuda.synchronize()
    begin, worked = time.perf_counter(), time.process_time()
    for _ in range(count):
        trainer.step(done)
        done += 1
    if device == 'cuda': torch.cuda.synchronize()
    print(time.perf_counter() - begin, time.process_time() - worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
