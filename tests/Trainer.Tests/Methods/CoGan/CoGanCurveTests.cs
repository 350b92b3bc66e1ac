using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>From the same weights, images and noise, CoGAN's losses and its search, and PyTorch's.</summary>
public sealed class CoGanCurveTests
{
    private const int Side = 16;

    // Whole generators and discriminators that hold the tied tensors twice: the order of the authors' code, which
    // makes one batch of both kinds of images.
    private const string Curve = """
        def load_set(d):
            return [torch.from_numpy(np.asarray(Image.open(os.path.join(d, f)).convert('RGB')).copy()).permute(2, 0, 1).float().div(255).sub(0.5).div(0.5) for f in sorted(os.listdir(d))]
        As, Bs = load_set(folder + '/sets/trainA'), load_set(folder + '/sets/trainB')
        G, GA, GB, D, DA, DB = (Net('%s/%s.json' % (folder, n), '%s/%s' % (folder, n)) for n in ('generator', 'generator_a', 'generator_b', 'discriminator', 'discriminator_a', 'discriminator_b'))
        gen = [t for net in (G, GA, GB) for t in net.parameters()]
        dis = [t for net in (D, DA, DB) for t in net.parameters()]
        og = torch.optim.Adam(gen, lr=2e-4, betas=(0.5, 0.999))
        od = torch.optim.Adam(dis, lr=2e-4, betas=(0.5, 0.999))
        loss = F.binary_cross_entropy_with_logits if config['objective'] == 'Vanilla' else F.mse_loss
        def judge(a, b):
            return D(torch.cat([DA(a), DB(b)]))
        n = config['batch']
        def terms(logits, label):
            # The loss of the whole batch is what is minimised; its halves are what is logged.
            whole = loss(logits, torch.full_like(logits, label))
            return [whole] + [loss(half, torch.full_like(half, label)).item() for half in (logits[:n], logits[n:])]
        for i, noise in enumerate(config['noise']):
            A, B = (torch.stack([s[(i * n + j) % 4] for j in range(n)]) for s in (As, Bs))
            features = G(torch.tensor(noise).view(n, -1, 1, 1))
            a, b = GA(features), GB(features)
            real, fake = terms(judge(A, B), 1.0), terms(judge(a.detach(), b.detach()), 0.0)
            od.zero_grad(); (real[0] + fake[0]).backward(); od.step()
            for t in dis: t.requires_grad_(False)
            fooled = terms(judge(a, b), 1.0)
            og.zero_grad(); fooled[0].backward(); og.step()
            for t in dis: t.requires_grad_(True)
            print(*['%.9g' % v for v in (*real[1:], *fake[1:], *fooled[1:])])
        """;

    private const string Search = """
        G, GA = (Net('%s/%s.json' % (folder, n), '%s/%s' % (folder, n)) for n in ('generator', 'generator_a'))
        for target in load(folder + '/targets')['images']:
            best = None
            for start in config['starts']:
                z = torch.tensor(start).view(1, -1, 1, 1).requires_grad_(True)
                distance = lambda: ((GA(G(z, 'running'), 'running')[0] - target) ** 2).mean()
                adam = torch.optim.Adam([z], lr=config['rate'])
                for _ in range(config['steps']):
                    adam.zero_grad(); distance().backward(); adam.step()
                if best is None or distance().item() < best[0]: best = (distance().item(), z.detach().flatten().tolist())
            print(*['%.9g' % v for v in best[1]])
        """;

    [Theory]
    [InlineData(AdversarialObjective.Vanilla, 1)]
    [InlineData(AdversarialObjective.LeastSquares, 2)]
    public void The_loss_curve_equals_PyTorchs(AdversarialObjective objective, int own)
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 1, Side);
        for (int i = 0; i < 4; i++)
        {
            Save(TestTensors.Image(i, Side, Side), "sets/trainA", i);
            Save(TestTensors.Negative(TestTensors.Image(i + 9, Side, Side)), "sets/trainB", i);
        }
        const int Batch = 2;
        const int Steps = 6;
        var options = CoGanTests.Tiny(folder.File("run"));
        options.Sources = null;
        options.Targets = null;
        options.DataFolder = folder.File("sets");
        options.Objective = objective;
        options.OwnGeneratorLayers = own;
        options.OwnDiscriminatorLayers = own;
        options.BatchSize = Batch;
        options.LoadSize = Side;
        options.Order = SampleOrder.Serial;
        options.Flip = false;
        options.Epochs = Steps * Batch / 4;
        options.DecayEpochs = 0;
        (options.SampleEveryEpochs, options.SampleCount) = (0, 4);
        WriteNetworks(folder, options);
        new CoGanTrainer(options).Train();
        var theirs = LossCurve.Python(
            folder,
            Curve,
            new
            {
                objective = objective.ToString(),
                batch = Batch,
                noise = Enumerable.Range(0, Steps).Select(step => Noise(options, RandomStream.Noise, step, Batch)),
            }
        );
        LossCurve.AssertEqual(folder.File("run"), theirs, "d_real_a", "d_real_b", "d_fake_a", "d_fake_b", "g_a", "g_b");

        void Save(RgbImage image, string to, int number) =>
            ImageEncoder.Save(
                image,
                Path.Combine(Directory.CreateDirectory(folder.File(to)).FullName, $"{number}.png")
            );
    }

    [Fact]
    public void The_noise_of_an_image_is_what_PyTorchs_Adam_finds()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 1, Side);
        using var scope = torch.NewDisposeScope();
        var options = CoGanTests.Tiny(null);
        options.SearchStarts = 3;
        options.SearchSteps = 12;
        var networks = WriteNetworks(folder, options);
        var images = TestTensors.Normal(3, 2, 3, Side, Side);
        TestTensors.State(("images", images)).Write(folder.File("targets"));
        using var shared = networks[0];
        using var head = networks[1];
        var noise = new NoiseSearch(options).Find(
            TestTensors.ToTorch(images),
            z =>
                head.Forward(
                    shared.Forward(z, ForwardMode.Running, constant: true),
                    ForwardMode.Running,
                    constant: true
                )
        );
        Assert.Equal([2, options.NoiseSize, 1, 1], noise.shape);
        var starts = Noise(options, RandomStream.NoiseSearch, 0, options.SearchStarts).Chunk(options.NoiseSize);
        var theirs = LossCurve.Python(
            folder,
            Search,
            new
            {
                starts,
                rate = options.SearchRate,
                steps = options.SearchSteps,
            }
        );
        float[] expected = [.. theirs.SelectMany(line => line).Select(value => (float)value)];
        Assert.True(TestTensors.RelativeDifference(expected, TestTensors.Values(noise)) < 1e-3);
        // It went somewhere.
        Assert.DoesNotContain(
            starts,
            start => TestTensors.RelativeDifference(start, expected[..options.NoiseSize]) < 0.1
        );
    }

    private static float[] Noise(CoGanTrainer.Options options, RandomStream stream, long index, int count)
    {
        var values = new float[count * options.NoiseSize];
        CounterRandom.Normal(options.SeedOrZero, stream, index, values);
        return values;
    }

    // The initial networks of a run with these options.
    private static TorchNetwork[] WriteNetworks(TemporaryFolder folder, CoGanTrainer.Options options)
    {
        var initial = CoGanTrainer.CreateNetworks(options, CoGanNetworks.Create(options), new(DeviceType.CPU));
        foreach (var (name, network) in initial)
            LossCurve.Write(folder, name, network.Graph, network.Export());
        return [.. initial.Values];
    }
}
