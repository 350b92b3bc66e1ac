using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>From the same weights and images, CycleGAN's losses and PyTorch's.</summary>
public sealed class CycleGanCurveTests
{
    // An independent CycleGAN in the reference's order of operations (models/cycle_gan_model.py), without pools;
    // networks are made by G(file) and D(file).
    private const string Script = """
        import itertools
        def load_pile(d):
            return [torch.from_numpy(np.asarray(Image.open(os.path.join(d, f)).convert('RGB')).copy()).permute(2, 0, 1)[None].float().div(255).sub(0.5).div(0.5) for f in sorted(os.listdir(d))]
        As, Bs = load_pile(folder + '/sets/trainA'), load_pile(folder + '/sets/trainB')
        GA, GB, DA, DB = G(folder + '/gab'), G(folder + '/gba'), D(folder + '/db'), D(folder + '/da')
        gan = torch.nn.BCEWithLogitsLoss() if config['objective'] == 'Vanilla' else torch.nn.MSELoss()
        loss = lambda x, real: gan(x, torch.full_like(x, 1.0 if real else 0.0))
        l1 = torch.nn.L1Loss()
        og = torch.optim.Adam(itertools.chain(GA.parameters(), GB.parameters()), lr=2e-4, betas=(0.5, 0.999), eps=config['epsilon'])
        od = torch.optim.Adam(itertools.chain(DA.parameters(), DB.parameters()), lr=2e-4, betas=(0.5, 0.999), eps=config['epsilon'])
        trainable = [t for net in (DA, DB) for t in net.parameters()]
        for i in range(config['steps']):
            A, B = As[i % 4 % len(As)], Bs[i % 4 % len(Bs)]
            fB = GA(A); rA = GB(fB); fA = GB(B); rB = GA(fA)
            for t in trainable: t.requires_grad_(False)
            og.zero_grad()
            idtA = l1(GA(B), B) * 10 * 0.5; idtB = l1(GB(A), A) * 10 * 0.5
            gA, gB = loss(DA(fB), True), loss(DB(fA), True)
            cA, cB = l1(rA, A) * 10, l1(rB, B) * 10
            (gA + gB + cA + cB + idtA + idtB).backward(); og.step()
            for t in trainable: t.requires_grad_(True)
            od.zero_grad()
            dA = (loss(DA(B), True) + loss(DA(fB.detach()), False)) * 0.5; dA.backward()
            dB = (loss(DB(A), True) + loss(DB(fA.detach()), False)) * 0.5; dB.backward()
            od.step()
            print(*['%.9g' % v.item() for v in (dA, gA, cA, idtA, dB, gB, cB, idtB)])
        """;

    [Theory]
    [InlineData(AdversarialObjective.LeastSquares)]
    [InlineData(AdversarialObjective.Vanilla)]
    public void The_loss_curve_equals_PyTorchs(AdversarialObjective objective)
    {
        var options = new CycleGanTrainer.Options
        {
            Generator = "resnet-1",
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            DiscriminatorLayers = 1,
            Objective = objective,
            Epochs = 5,
        };
        Compare(
            options,
            32,
            0.05,
            """
            G = lambda file: Net(folder + '/gab.json', file)
            D = lambda file: Net(folder + '/da.json', file)

            """
        );
    }

    [Fact]
    public void The_Keras_presets_loss_curve_equals_the_tutorials_networks()
    {
        var options = new CycleGanTrainer.Options();
        options.UseKeras();
        (options.GeneratorFilters, options.DiscriminatorFilters, options.Epochs) = (4, 4, 2);
        Compare(options, 64, 0.1, KerasNetworks.Script + "G, D = CycleGanGenerator, CycleGanDiscriminator\n");
    }

    [Fact]
    public void The_Keras_networks_give_what_the_tutorials_give()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var options = new CycleGanTrainer.Options();
        options.UseKeras();
        options.GeneratorFilters = options.DiscriminatorFilters = 4;
        var image = TestTensors.Normal(8, 1, 3, 128, 128);
        TestTensors.State(("image", image)).Write(folder.File("in"));
        NetworkGraph generator = options.CreateGenerator(3, 3),
            discriminator = Discriminators.Create(options, 3);
        foreach (var (name, graph) in new[] { ("g", generator), ("d", discriminator) })
            LossCurve.Write(folder, name, graph, WeightInitializer.Create(graph, gain: 0.1, seed: 3));
        PythonOracle.Run(
            GraphInterpreter.Script
                + KerasNetworks.Script
                + """
                folder = sys.argv[1]
                x = load(folder + '/in')['image']
                save(folder + '/out', {'g': CycleGanGenerator(folder + '/g')(x), 'd': CycleGanDiscriminator(folder + '/d')(x)})
                """,
            folder.Path
        );
        var expected = StateDict.Read(folder.File("out"));
        Assert.Equal([1, 1, 7, 7], expected["d"].Shape);
        foreach (var (name, graph) in new[] { ("g", generator), ("d", discriminator) })
        {
            using var network = new TorchNetwork(graph, StateDict.Read(folder.File(name)));
            Assert.True(
                TestTensors.RelativeDifference(
                    expected[name].Values,
                    TestTensors.Values(network.Forward(TestTensors.ToTorch(image), ForwardMode.Training))
                ) < 1e-4
            );
        }
    }

    private static void Compare(CycleGanTrainer.Options options, int size, double gain, string networks)
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 1, 32);
        for (int i = 0; i < 4; i++)
        {
            ImageEncoder.Save(
                TestTensors.Image(i, size, size),
                Path.Combine(Directory.CreateDirectory(folder.File("sets/trainA")).FullName, $"{i}.png")
            );
            if (i < 3)
                ImageEncoder.Save(
                    TestTensors.Negative(TestTensors.Image(i + 9, size, size)),
                    Path.Combine(Directory.CreateDirectory(folder.File("sets/trainB")).FullName, $"{i}.png")
                );
        }
        (options.DataFolder, options.OutputFolder, options.Order, options.Preprocess, options.Flip, options.PoolSize) =
            (folder.File("sets"), folder.File("run"), SampleOrder.Serial, PreprocessMode.None, false, 0);
        (options.DecayEpochs, options.LogEvery, options.Threads) = (0, 1, 1);
        (options.ExportModel, options.FlushToDisk, options.SampleEveryEpochs, options.SnapshotEveryEpochs) = (
            false,
            false,
            0,
            0
        );
        NetworkGraph generator = options.CreateGenerator(3, 3),
            discriminator = Discriminators.Create(options, 3);
        string Write(string name, NetworkGraph graph, RandomStream stream) =>
            LossCurve.Write(folder, name, graph, WeightInitializer.Create(graph, gain: gain, seed: 5, stream: stream));
        (options.InitialGenerator, options.InitialReverseGenerator) = (
            Write("gab", generator, RandomStream.Generator),
            Write("gba", generator, RandomStream.SecondGenerator)
        );
        (options.InitialDiscriminator, options.InitialReverseDiscriminator) = (
            Write("db", discriminator, RandomStream.Discriminator),
            Write("da", discriminator, RandomStream.SecondDiscriminator)
        );
        new CycleGanTrainer(options).Train();
        var theirs = LossCurve.Python(
            folder,
            networks + Script,
            new
            {
                objective = options.Objective.ToString(),
                steps = 4 * options.Epochs,
                epsilon = options.Epsilon,
            }
        );
        LossCurve.AssertEqual(
            folder.File("run"),
            theirs,
            "d_a",
            "g_a",
            "cycle_a",
            "idt_a",
            "d_b",
            "g_b",
            "cycle_b",
            "idt_b"
        );
    }
}
