using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>From the same weights and images, BiGAN's losses and PyTorch's.</summary>
public sealed class BiGanCurveTests
{
    // Equation 2 of Donahue et al. with images on both sides; the generators learn by exchanged labels.
    private const string Script = """
        def load_set(d):
            return [torch.from_numpy(np.asarray(Image.open(os.path.join(d, f)).convert('RGB')).copy()).permute(2, 0, 1).float().div(255).sub(0.5).div(0.5) for f in sorted(os.listdir(d))]
        As, Bs = load_set(folder + '/sets/trainA'), load_set(folder + '/sets/trainB')
        E, G, D = (Net('%s/%s.json' % (folder, n), '%s/%s' % (folder, n)) for n in ('gab', 'gba', 'd'))
        og = torch.optim.Adam(list(E.parameters()) + list(G.parameters()), lr=2e-4, betas=(0.5, 0.999))
        od = torch.optim.Adam(D.parameters(), lr=2e-4, betas=(0.5, 0.999))
        gan = torch.nn.BCEWithLogitsLoss() if config['objective'] == 'Vanilla' else torch.nn.MSELoss()
        loss = lambda x, label: gan(x, torch.full_like(x, label))
        for i in range(config['steps']):
            n = config['batch']
            A, B = (torch.stack([s[(i * n + j) % 4] for j in range(n)]) for s in (As, Bs))
            encoded, generated = torch.cat([A, E(A)], 1), torch.cat([G(B), B], 1)
            for t in D.parameters(): t.requires_grad_(False)
            gab, gba = loss(D(encoded), 0.0), loss(D(generated), 1.0)
            og.zero_grad(); (gab + gba).backward(); og.step()
            for t in D.w.values(): t.requires_grad_(True)
            dab, dba = loss(D(encoded.detach()), 1.0), loss(D(generated.detach()), 0.0)
            od.zero_grad(); (0.5 * (dab + dba)).backward(); od.step()
            print(*['%.9g' % v.item() for v in (dab, dba, gab, gba)])
        """;

    [Theory]
    [InlineData(AdversarialObjective.LeastSquares, 1)]
    [InlineData(AdversarialObjective.Vanilla, 2)]
    public void The_loss_curve_equals_PyTorchs(AdversarialObjective objective, int batch)
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 1, 32);
        for (int i = 0; i < 4; i++)
        {
            Save(TestTensors.Image(i, 32, 32), "sets/trainA", i);
            Save(TestTensors.Negative(TestTensors.Image(i + 9, 32, 32)), "sets/trainB", i);
        }
        var options = new BiGanTrainer.Options
        {
            DataFolder = folder.File("sets"),
            OutputFolder = folder.File("run"),
            Generator = "resnet-1",
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            DiscriminatorLayers = 1,
            Objective = objective,
            Order = SampleOrder.Serial,
            Preprocess = PreprocessMode.None,
            Flip = false,
            PoolSize = 0,
            BatchSize = batch,
            Epochs = 2 * batch,
            DecayEpochs = 0,
            LogEvery = 1,
            Threads = 1,
            Device = TranslationDevice.Cpu,
            ExportModel = false,
            FlushToDisk = false,
            SampleEveryEpochs = 0,
            SnapshotEveryEpochs = 0,
        };
        var (forward, reverse) = options.CreateGenerators();
        options.InitialGenerator = Write("gab", forward, RandomStream.Generator);
        options.InitialReverseGenerator = Write("gba", reverse, RandomStream.SecondGenerator);
        options.InitialDiscriminator = Write("d", options.CreateDiscriminator(), RandomStream.Discriminator);
        new BiGanTrainer(options).Train();
        var theirs = LossCurve.Python(
            folder,
            Script,
            new
            {
                objective = objective.ToString(),
                steps = 8,
                batch,
            }
        );
        LossCurve.AssertEqual(folder.File("run"), theirs, "d_ab", "d_ba", "g_ab", "g_ba");

        void Save(RgbImage image, string to, int number) =>
            ImageEncoder.Save(
                image,
                Path.Combine(Directory.CreateDirectory(folder.File(to)).FullName, $"{number}.png")
            );

        string Write(string name, NetworkGraph graph, RandomStream stream) =>
            LossCurve.Write(folder, name, graph, WeightInitializer.Create(graph, gain: 0.1, seed: 5, stream: stream));
    }
}
