using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>From the same weights, images and patches, the losses of one-sided translation and PyTorch's.</summary>
public sealed class OneSidedCurveTests
{
    // CUT's order of operations (models/cut_model.py) around the losses of the papers.
    private const string Script = """
        def load_set(d):
            return [torch.from_numpy(np.asarray(Image.open(os.path.join(d, f)).convert('RGB')).copy()).permute(2, 0, 1).float().div(255).sub(0.5).div(0.5) for f in sorted(os.listdir(d))]
        As, Bs = load_set(folder + '/sets/trainA'), load_set(folder + '/sets/trainB')
        G, D = Net(folder + '/g.json', folder + '/g'), Net(folder + '/d.json', folder + '/d')
        heads = [load('%s/head%d' % (folder, i)) for i in range(len(config['layers']))]
        for head in heads:
            for t in head.values(): t.requires_grad_(True)
        adam = lambda tensors: torch.optim.Adam(tensors, lr=2e-4, betas=(0.5, 0.999))
        og, od = adam(G.parameters()), adam(D.parameters())
        of = adam([t for head in heads for t in head.values()]) if heads else None
        gan = lambda x, real: F.mse_loss(x, torch.full_like(x, 1.0 if real else 0.0))

        def encode(x):
            seen = {}
            G(x, keep=seen)
            return [seen[name] for name in config['layers']]
        def project(head, features, places):
            patches = features.permute(0, 2, 3, 1).flatten(1, 2)[:, places]
            y = F.linear(F.relu(F.linear(patches, head['hidden.weight'], head['hidden.bias'])), head['output.weight'], head['output.bias'])
            return y / (y.pow(2).sum(2, keepdim=True).sqrt() + 1e-7)
        def info_nce(q, k):
            # Equation 3 for every patch by itself: the same patch of the input against the others of that image.
            terms = []
            for s in range(len(q)):
                own, others = torch.exp(q[s] @ k[s] / config['temperature']), torch.exp(torch.cat([k[:s], k[s + 1:]]) @ q[s] / config['temperature'])
                terms.append(-torch.log(own / (own + others.sum())))
            return sum(terms) / len(terms)
        def contrast(source, made, mirrored, places):
            seen = [f.flip(3) if mirrored else f for f in encode(made)]
            loss = 0
            for head, q, k, chosen in zip(heads, seen, encode(source), places):
                q, k = project(head, q, chosen), project(head, k, chosen).detach()
                loss = loss + config['weight'] * sum(info_nce(q[i], k[i]) for i in range(len(q))) / len(q)
            return loss / len(heads)
        def relu4_2(images):
            x = (images * 0.5 + 0.5 - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
            for index in range(21):
                x = F.max_pool2d(x, 2) if index in (4, 9, 16) else vgg[index](x) if index in vgg else torch.relu(x)
            return x
        def ties(A, B, made, identity, i):
            if config['tie'] == 'pixels': return [config['weight'] * (made - A).abs().mean()]
            if config['tie'] == 'features': return [config['weight'] * (relu4_2(made) - relu4_2(A)).abs().mean()]
            mirrored, places = config['mirrored'][i], config['places'][i]
            return [contrast(A, made, mirrored, places[0])] + ([contrast(B, identity, mirrored, places[1])] if config['identity'] else [])

        for i in range(config['steps']):
            n = config['batch']
            A, B = (torch.stack([s[(i * n + j) % 4] for j in range(n)]) for s in (As, Bs))
            real = torch.cat([A, B]) if config['identity'] else A
            out = G(real.flip(3) if config['mirrored'][i] else real)
            made, identity = out[:n], out[n:]
            fake, true = gan(D(made.detach()), False), gan(D(B), True)
            od.zero_grad(); ((fake + true) * 0.5).backward(); od.step()
            for t in D.parameters(): t.requires_grad_(False)
            game = gan(D(made), True) * config['game']
            tied = ties(A, B, made, identity, i)
            og.zero_grad()
            if of: of.zero_grad()
            (game + sum(tied) / len(tied)).backward(); og.step()
            if of: of.step()
            for t in D.w.values(): t.requires_grad_(True)
            print(*['%.9g' % v.item() for v in (true, fake, game, *tied)])
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void CUTs_losses_equal_PyTorchs(int batch)
    {
        var options = new CutTrainer.Options { BatchSize = batch };
        CompareCut(options, "g_nce", "g_nce_identity");
    }

    [Fact]
    public void CUTs_losses_on_antialiased_networks_equal_PyTorchs()
    {
        var options = new CutTrainer.Options { Generator = "resnet-1-antialiased" };
        CompareCut(options, "g_nce", "g_nce_identity");
    }

    [Fact]
    public void FastCUTs_losses_equal_PyTorchs()
    {
        var options = new CutTrainer.Options { AdversarialWeight = 0.5 };
        options.UseFastCut();
        // Both kinds of steps are among the first four.
        options.Seed = Enumerable
            .Range(0, 100)
            .First(seed =>
                Enumerable
                    .Range(0, 4)
                    .Count(step => new CounterRandom(seed, RandomStream.Mirroring, step).NextBoolean()) == 2
            );
        CompareCut(options, "g_nce");
    }

    [Fact]
    public void SimGANs_losses_equal_PyTorchs()
    {
        var options = new SimGanTrainer.Options { SelfRegularizationWeight = 3 };
        Compare(options, o => new SimGanTrainer(o).Train(), "", new { tie = "pixels", weight = 3.0 }, "g_self");
    }

    [Fact]
    public void The_feature_losses_equal_PyTorchs()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        var options = new FeatureGanTrainer.Options { FeatureWeight = 2, VggWeights = Vgg.Write(folder, "vgg") };
        Compare(
            options,
            o => new FeatureGanTrainer(o).Train(),
            Vgg.Script,
            new { tie = "features", weight = 2.0 },
            "g_features"
        );
    }

    private static void CompareCut(CutTrainer.Options options, params string[] losses)
    {
        (options.ContrastLayers, options.Patches, options.ProjectionFilters) = (
            options.Generator == "resnet-1-antialiased" ? [0, 4, 8, 11, 12] : [0, 4, 8, 10],
            20,
            16
        );
        Compare(
            options,
            o => new CutTrainer(o).Train(),
            "",
            new
            {
                tie = "patches",
                weight = options.ContrastWeight,
                temperature = options.Temperature,
            },
            losses
        );
    }

    private static void Compare<TOptions>(
        TOptions options,
        Action<TOptions> train,
        string functions,
        object tie,
        params string[] losses
    )
        where TOptions : OneSidedOptions
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 1, 32);
        const int Size = 32,
            Steps = 4;
        for (int i = 0; i < 4; i++)
        {
            Save(TestTensors.Image(i, Size, Size), "sets/trainA", i);
            Save(TestTensors.Negative(TestTensors.Image(i + 9, Size, Size)), "sets/trainB", i);
        }
        options.DataFolder = folder.File("sets");
        options.OutputFolder = folder.File("run");
        if (options.Generator != "resnet-1-antialiased")
        {
            options.Generator = "resnet-1";
            options.Discriminator = NetworkCatalog.Patch;
        }
        options.GeneratorFilters = 4;
        options.DiscriminatorFilters = 4;
        options.DiscriminatorLayers = 1;
        options.Order = SampleOrder.Serial;
        options.Preprocess = PreprocessMode.None;
        options.Flip = false;
        options.PoolSize = 0;
        options.Epochs = options.BatchSize;
        options.DecayEpochs = 0;
        // The others begin with files alone.
        if (options is CutTrainer.Options)
            (options.Initialization, options.InitializationGain) = (InitializationKind.Xavier, 1);
        options.LogEvery = 1;
        options.Threads = 1;
        options.Device = TranslationDevice.Cpu;
        options.ExportModel = false;
        options.FlushToDisk = false;
        options.SampleEveryEpochs = 0;
        options.SnapshotEveryEpochs = 0;

        var networks = options.CreateNetworks();
        options.InitialGenerator = Write("g", networks[0].Graph, RandomStream.Generator);
        options.InitialDiscriminator = Write("d", networks[1].Graph, RandomStream.Discriminator);
        for (int i = 2; i < networks.Count; i++)
        {
            using var head = InitialNetwork.Create(
                networks[i].Graph,
                options,
                RandomStream.Projection,
                null,
                new(DeviceType.CPU),
                i - 2
            );
            LossCurve.Write(folder, $"head{i - 2}", networks[i].Graph, head.Export());
        }
        train(options);
        var config = new Dictionary<string, object>
        {
            ["batch"] = options.BatchSize,
            ["steps"] = Steps,
            ["game"] = options.AdversarialWeight,
            ["layers"] = Array.Empty<string>(),
            ["mirrored"] = new bool[Steps],
            ["identity"] = losses.Length > 1,
        };
        foreach (var property in tie.GetType().GetProperties())
            config[property.Name] = property.GetValue(tie)!;
        if (options is CutTrainer.Options cut)
            Add(cut, networks[0].Graph, Size, Steps, config);
        var theirs = LossCurve.Python(folder, functions + Script, config);
        LossCurve.AssertEqual(folder.File("run"), theirs, ["d_real", "d_fake", "g_gan", .. losses]);

        void Save(RgbImage image, string to, int number) =>
            ImageEncoder.Save(
                image,
                Path.Combine(Directory.CreateDirectory(folder.File(to)).FullName, $"{number}.png")
            );

        string Write(string name, NetworkGraph graph, RandomStream stream) =>
            LossCurve.Write(folder, name, graph, WeightInitializer.Create(graph, gain: 0.1, seed: 5, stream: stream));
    }

    // What our run draws, for the other to use.
    private static void Add(
        CutTrainer.Options options,
        NetworkGraph generator,
        int size,
        int steps,
        Dictionary<string, object> config
    )
    {
        var layers = SequentialLayers.Names(generator, options.ContrastLayersOrDefault);
        var shapes = generator.Shapes(new(3, size, size));
        var mirrored = new bool[steps];
        for (int step = 0; options.MirrorEquivariance && step < steps; step++)
            mirrored[step] = new CounterRandom(options.SeedOrZero, RandomStream.Mirroring, step).NextBoolean();
        config["mirrored"] = mirrored;
        config["layers"] = layers;
        config["places"] = Enumerable
            .Range(0, steps)
            .Select(step => new[] { 2 * step, 2 * step + 1 }.Select(Places).ToArray())
            .ToArray();

        long[][] Places(int pass) =>
            [
                .. layers.Select(
                    (name, layer) =>
                        PatchContrastTie.Places(options, shapes[name].Height * shapes[name].Width, pass, layer)
                ),
            ];
    }
}
