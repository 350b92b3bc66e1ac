using System.Globalization;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class CycleGanTests
{
    private static readonly string[] s_names = ["d_a", "g_a", "cycle_a", "idt_a", "d_b", "g_b", "cycle_b", "idt_b"];

    [Theory]
    [InlineData(AdversarialObjective.LeastSquares)]
    [InlineData(AdversarialObjective.Vanilla)]
    public void The_loss_curve_equals_PyTorchs(AdversarialObjective objective)
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 4; i++)
        {
            ImageEncoder.Save(TestTensors.Picture(i, 32, 32), Path.Combine(Directory.CreateDirectory(folder.File("data/trainA")).FullName, $"{i}.png"));
            if (i < 3) ImageEncoder.Save(TestTensors.Negative(TestTensors.Picture(i + 9, 32, 32)), Path.Combine(Directory.CreateDirectory(folder.File("data/trainB")).FullName, $"{i}.png"));
        }
        var options = Tiny(folder.File("run"));
        (options.DataFolder, options.Sources, options.Targets, options.Objective, options.Order) = (folder.File("data"), null, null, objective, SampleOrder.Serial);
        (options.Preprocess, options.Flip, options.PoolSize, options.Epochs, options.DecayEpochs) = (PreprocessMode.None, false, 0, 5, 0);
        (options.LoadSize, options.CropSize, options.AverageDecay, options.CheckpointEverySteps) = (32, 32, 0, 0);
        NetworkGraph generator = options.CreateGenerator(3, 3), discriminator = options.CreateDiscriminator(3);
        File.WriteAllText(folder.File("g.json"), generator.ToJson());
        File.WriteAllText(folder.File("d.json"), discriminator.ToJson());
        foreach (var (name, graph, stream) in new[] { ("gab", generator, RandomStream.Generator), ("gba", generator, RandomStream.SecondGenerator), ("db", discriminator, RandomStream.Discriminator), ("da", discriminator, RandomStream.SecondDiscriminator) })
            Safetensors.Write(folder.File(name), WeightInitializer.Create(graph, gain: 0.05, seed: 5, stream: stream));
        (options.InitialGenerator, options.InitialReverseGenerator, options.InitialDiscriminator, options.InitialReverseDiscriminator) = (folder.File("gab"), folder.File("gba"), folder.File("db"), folder.File("da"));
        new CycleGanTrainer(options).Train();
        var ours = File.ReadLines(folder.File("run/log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        // An independent CycleGAN in the reference's order of operations (models/cycle_gan_model.py), without pools.
        var theirs = PythonOracle.Run(GraphInterpreter.Script + """
            import os, itertools
            from PIL import Image
            folder, objective, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
            def read(d):
                return [torch.from_numpy(np.asarray(Image.open(os.path.join(d, f)).convert('RGB')).copy()).permute(2, 0, 1)[None].float().div(255).sub(0.5).div(0.5) for f in sorted(os.listdir(d))]
            As, Bs = read(folder + '/data/trainA'), read(folder + '/data/trainB')
            GA, GB = Net(folder + '/g.json', folder + '/gab'), Net(folder + '/g.json', folder + '/gba')
            DA, DB = Net(folder + '/d.json', folder + '/db'), Net(folder + '/d.json', folder + '/da')
            gan = torch.nn.BCEWithLogitsLoss() if objective == 'Vanilla' else torch.nn.MSELoss()
            loss = lambda x, real: gan(x, torch.full_like(x, 1.0 if real else 0.0))
            l1 = torch.nn.L1Loss()
            og = torch.optim.Adam(itertools.chain(GA.parameters(), GB.parameters()), lr=2e-4, betas=(0.5, 0.999))
            od = torch.optim.Adam(itertools.chain(DA.parameters(), DB.parameters()), lr=2e-4, betas=(0.5, 0.999))
            trainable = [t for net in (DA, DB) for t in net.parameters()]
            for i in range(steps):
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
            """, folder.Path, objective.ToString(), $"{ours.Length}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(20, ours.Length);
        for (int step = 0; step < ours.Length; step++)
            for (int i = 0; i < s_names.Length; i++)
            {
                double actual = ours[step].GetProperty(s_names[i]).GetDouble(), difference = Math.Abs(actual - theirs[step][i]) / Math.Abs(theirs[step][i]);
                Assert.True(difference < (step < 5 ? 1e-4 : 2e-2), $"step {step + 1}, {s_names[i]}: {actual} and {theirs[step][i]}");
            }
    }

    [Fact]
    public void An_interrupted_run_ends_bit_for_bit_like_one_that_was_not()
    {
        using var folder = new TemporaryFolder();
        new CycleGanTrainer(Tiny(folder.File("whole"))).Train();
        foreach (int stop in new[] { 3, 7 })
        {
            using var cancellation = new CancellationTokenSource();
            var part = Tiny(folder.File("parts"));
            part.Resume = true;
            Assert.Throws<OperationCanceledException>(() => new CycleGanTrainer(part).Train(new Pix2PixTrainerTests.Recorder([], report =>
            {
                if (report.Event == TrainingEvent.Step && report.Step >= stop) cancellation.Cancel();
            }), cancellation.Token));
        }
        var options = Tiny(folder.File("parts"));
        options.Resume = true;
        new CycleGanTrainer(options).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("parts")));
        Assert.Contains(TinyRun.Hashes(folder.File("whole")).Keys, name => name.EndsWith("pool_b.safetensors", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_generators_are_exported_and_grids_show_both_ways()
    {
        using var folder = new TemporaryFolder();
        var options = Tiny(folder.File("run"));
        (options.ExportModel, options.Objective, options.Epochs, options.DecayEpochs, options.SampleEveryEpochs) = (true, AdversarialObjective.Wasserstein, 1, 0, 1);
        var result = new CycleGanTrainer(options).Train();
        Assert.Equal(["model_ab.onnx", "model_ba.onnx"], result.ModelFiles.Select(file => Path.GetFileName(file)));
        Assert.All(result.ModelFiles, file => Assert.True(File.Exists(file)));
        Assert.True(ImageDecoder.Decode(folder.File("run/samples/epoch-0001.png")).Width > 8 * 16);
        Assert.Equal(["generator_ab", "generator_ba"], RunExporter.GeneratorNames(folder.File("run")));
        Assert.Equal("BtoA", RunExporter.Export(folder.File("run"), folder.File("x.onnx"), generator: "generator_ba").Card.Provenance!.Direction);
    }

    [Fact]
    public void A_pool_gives_new_pictures_until_it_is_full_and_then_old_ones_half_of_the_time()
    {
        using var scope = torch.NewDisposeScope();
        using var pool = new ImagePool(10, 3, RandomStream.Pool);
        int old = 0;
        for (int i = 0; i < 1010; i++)
        {
            float answer = pool.Query(torch.full([1, 1, 2, 2], (float)i)).mean().item<float>();
            if (i < 10) Assert.Equal(i, answer);
            else if (answer != i)
            {
                Assert.True(answer < i);
                old++;
            }
        }
        Assert.InRange(old, 430, 570);
    }

    [Fact]
    public void The_smaller_pile_is_gone_through_again_and_partners_are_random()
    {
        var samples = new UnpairedSamples(Pile(0, 7), Pile(20, 3), new(PreprocessMode.None, 8, 8, false), serial: false, 1, 1 << 20);
        Assert.Equal(7, samples.Count);
        var partners = Enumerable.Range(0, 60).Select(i => samples.Training(i % 7, i).Name.Split(" and ")[1]).GroupBy(name => name).ToArray();
        Assert.Equal(3, partners.Length);
        Assert.All(partners, group => Assert.InRange(group.Count(), 8, 35));
    }

    internal static CycleGanTrainer.Options Tiny(string? folder) => new()
    {
        Sources = Pile(0, 4), Targets = Pile(20, 3), OutputFolder = folder, Generator = "resnet-1", GeneratorFilters = 4, DiscriminatorFilters = 4, DiscriminatorLayers = 1,
        LoadSize = 18, CropSize = 16, Epochs = 2, DecayEpochs = 1, LogEvery = 1, Threads = 1, Seed = 5, PoolSize = 3, CheckpointEverySteps = 3, SampleEveryEpochs = 2,
        SnapshotEveryEpochs = 2, ExportModel = false, AverageDecay = 0.9, FlushToDisk = false,
    };

    private static Pictures Pile(int first, int count) => Pictures.FromImages([.. Enumerable.Range(first, count).Select(i => TestTensors.Picture(i, 18, 18))]);
}
