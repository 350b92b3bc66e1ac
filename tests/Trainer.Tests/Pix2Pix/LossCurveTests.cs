using System.Globalization;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>From the same weights and pictures, our losses and PyTorch's.</summary>
public sealed class LossCurveTests
{
    [Theory]
    [InlineData(AdversarialObjective.Vanilla, 1)]
    [InlineData(AdversarialObjective.LeastSquares, 2)]
    public void The_loss_curve_equals_PyTorchs(AdversarialObjective objective, int batchSize)
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("data"));
        for (int i = 0; i < 5; i++)
            ImageEncoder.Save(PairSplitter.Join(TestTensors.Picture(i, 32, 32), TestTensors.Negative(TestTensors.Picture(i + 1, 32, 32))), folder.File($"data/{i}.png"));
        var generator = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-32", Filters = 8, Dropout = false });
        var discriminator = NetworkCatalog.Create(new NetworkOptions { Architecture = "patch", Filters = 8, Layers = 2, Size = 32 });
        Safetensors.Write(folder.File("g"), WeightInitializer.Create(generator, seed: 1));
        Safetensors.Write(folder.File("d"), WeightInitializer.Create(discriminator, seed: 1, stream: RandomStream.Discriminator));
        File.WriteAllText(folder.File("g.json"), generator.ToJson());
        File.WriteAllText(folder.File("d.json"), discriminator.ToJson());
        int steps = 20, perEpoch = (5 + batchSize - 1) / batchSize;

        new Pix2PixTrainer(new()
        {
            DataFolder = folder.File("data"), OutputFolder = folder.File("run"), Generator = "unet-32", GeneratorFilters = 8, Dropout = false,
            DiscriminatorFilters = 8, DiscriminatorLayers = 2, Preprocess = PreprocessMode.None, Flip = false, Order = SampleOrder.Serial, CropSize = 32, LoadSize = 32,
            Objective = objective, BatchSize = batchSize, Epochs = steps / perEpoch, DecayEpochs = 0, LogEvery = 1, Threads = 1, ExportModel = false,
            InitialGenerator = folder.File("g"), InitialDiscriminator = folder.File("d"), SampleEveryEpochs = 0, SnapshotEveryEpochs = 0,
        }).Train();
        var ours = File.ReadLines(folder.File("run/log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        // An independent pix2pix in the reference's order of operations (models/pix2pix_model.py).
        var theirs = PythonOracle.Run(GraphInterpreter.Script + """
            import os
            from PIL import Image
            folder, objective, batch, steps = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
            def read(p):
                a = torch.from_numpy(np.asarray(Image.open(p).convert('RGB')).copy()).permute(2, 0, 1).float().div(255).sub(0.5).div(0.5)
                return a[:, :, :a.shape[2] // 2], a[:, :, a.shape[2] // 2:]
            pairs = [read(os.path.join(folder, 'data', f)) for f in sorted(os.listdir(folder + '/data'))]
            G, D = Net(folder + '/g.json', folder + '/g'), Net(folder + '/d.json', folder + '/d')
            gan = torch.nn.BCEWithLogitsLoss() if objective == 'Vanilla' else torch.nn.MSELoss()
            loss = lambda x, real: gan(x, torch.full_like(x, 1.0 if real else 0.0))
            og = torch.optim.Adam(G.parameters(), lr=2e-4, betas=(0.5, 0.999))
            od = torch.optim.Adam(D.parameters(), lr=2e-4, betas=(0.5, 0.999))
            done = 0
            while done < steps:
                for first in range(0, len(pairs), batch):
                    if done == steps: break
                    A = torch.stack([p[0] for p in pairs[first:first + batch]]); B = torch.stack([p[1] for p in pairs[first:first + batch]])
                    fake = G(A)
                    od.zero_grad()
                    d_fake = loss(D(torch.cat((A, fake), 1).detach()), False)
                    d_real = loss(D(torch.cat((A, B), 1)), True)
                    ((d_fake + d_real) * 0.5).backward(); od.step()
                    for t in list(D.w.values()): t.requires_grad_(False)
                    og.zero_grad()
                    g_gan = loss(D(torch.cat((A, fake), 1)), True)
                    g_l1 = torch.nn.functional.l1_loss(fake, B) * 100.0
                    (g_gan + g_l1).backward(); og.step()
                    for k, t in D.w.items():
                        if not k.endswith(('running_mean', 'running_var')): t.requires_grad_(True)
                    print('%.9g %.9g %.9g %.9g' % (d_real, d_fake, g_gan, g_l1)); done += 1
            """, folder.Path, objective.ToString(), $"{batchSize}", $"{ours.Length}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()).ToArray();

        Assert.Equal(steps / perEpoch * perEpoch, ours.Length);
        string[] names = ["d_real", "d_fake", "g_gan", "g_l1"];
        for (int step = 0; step < ours.Length; step++)
            for (int i = 0; i < names.Length; i++)
            {
                double difference = Math.Abs(ours[step].GetProperty(names[i]).GetDouble() - theirs[step][i]) / Math.Abs(theirs[step][i]);
                Assert.True(difference < (step < 5 ? 1e-4 : 2e-2), $"step {step + 1}, {names[i]}: {ours[step].GetProperty(names[i]).GetDouble()} and {theirs[step][i]}");
            }
    }
}
