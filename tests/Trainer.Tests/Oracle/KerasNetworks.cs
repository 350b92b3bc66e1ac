namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// The Keras tutorials' networks in PyTorch, written from their description layer by layer with TensorFlow's "same"
/// padding; nothing is shared with our graphs but the names of the weights.
/// </summary>
internal static class KerasNetworks
{
    public const string Script = """
        class Keras:
            def __init__(self, path):
                self.w = load(path)
                for t in self.parameters(): t.requires_grad_(True)
            def parameters(self): return [t for k, t in self.w.items() if 'running' not in k]
            def conv(self, x, name, stride=1, same=True):
                kernel = self.w[name + '.weight'].shape[2]
                if same:
                    missing = [max((-(-n // stride) - 1) * stride + kernel - n, 0) for n in x.shape[2:]]
                    x = F.pad(x, (missing[1] // 2, missing[1] - missing[1] // 2, missing[0] // 2, missing[0] - missing[0] // 2))
                return F.conv2d(x, self.w[name + '.weight'], self.w.get(name + '.bias'), stride=stride)
            def up(self, x, name):
                height, width = 2 * x.shape[2], 2 * x.shape[3]
                y = F.conv_transpose2d(x, self.w[name + '.weight'], self.w.get(name + '.bias'), stride=2)
                top, left = (y.shape[2] - height) // 2, (y.shape[3] - width) // 2
                return y[:, :, top:top + height, left:left + width]
            def normal(self, x, name, axes, epsilon):
                deviation = (x.var(axes, unbiased=False, keepdim=True) + epsilon).sqrt()
                return (x - x.mean(axes, keepdim=True)) / deviation * self.w[name + '.weight'].view(1, -1, 1, 1) + self.w[name + '.bias'].view(1, -1, 1, 1)
            def batch(self, x, name, epsilon=1e-3): return self.normal(x, name, (0, 2, 3), epsilon)
            def instance(self, x, name): return self.normal(x, name, (2, 3), 1e-3)

        class Pix2PixGenerator(Keras):
            def __call__(self, x):
                skips = []
                for level in range(1, 8):
                    x = self.conv(x, 'down%d.conv' % level, 2)
                    if level > 1: x = self.batch(x, 'down%d.norm' % level)
                    x = F.leaky_relu(x, 0.2)
                    skips.append(x)
                x = torch.relu(self.conv(x, 'down8.conv', 2))
                for level in range(8, 1, -1):
                    x = self.batch(self.up(x, 'up%d.conv' % level), 'up%d.norm' % level)
                    x = torch.relu(torch.cat((x, skips.pop()), 1))
                return torch.tanh(self.up(x, 'up1.conv'))

        class Pix2PixDiscriminator(Keras):
            def __call__(self, source, image):
                x = F.leaky_relu(self.conv(torch.cat((source, image), 1), 'layer1.conv', 2), 0.2)
                for n, stride in ((2, 2), (3, 2), (4, 2), (5, 1)):
                    x = F.leaky_relu(self.batch(self.conv(x, 'layer%d.conv' % n, stride), 'layer%d.norm' % n), 0.2)
                return self.conv(x, 'logits')

        class CycleGanGenerator(Keras):
            def __call__(self, x):
                for name, stride in (('first', 1), ('down1', 2), ('down2', 2)): x = torch.relu(self.instance(self.conv(x, name + '.conv', stride), name + '.norm'))
                for n in range(1, 7):
                    y = torch.relu(self.batch(self.conv(x, 'block%d.conv1' % n), 'block%d.norm1' % n, 1e-5))
                    x = x + self.batch(self.conv(y, 'block%d.conv2' % n), 'block%d.norm2' % n, 1e-5)
                for name in ('up1', 'up2'): x = torch.relu(self.instance(self.up(x, name + '.conv'), name + '.norm'))
                return torch.tanh(self.conv(x, 'last.conv'))

        class CycleGanDiscriminator(Keras):
            def __call__(self, x):
                for n in range(1, 5):
                    x = self.conv(F.pad(x, (1, 1, 1, 1)), 'layer%d.conv' % n, 2, same=False)
                    x = F.leaky_relu(x if n == 1 else self.instance(x, 'layer%d.norm' % n), 0.2)
                return self.conv(F.pad(x, (1, 1, 1, 1)), 'logits', same=False)

        """;
}
