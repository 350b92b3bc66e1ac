using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>From the same weights and images, a regression's losses and PyTorch's.</summary>
public sealed class RegressionCurveTests
{
    // Structural similarity by explicit windows, compared with scikit-image's on the first pair of images.
    private const string Script = """
        def similarity(a, b):
            windows = lambda x: F.unfold(x.reshape(-1, 1, *x.shape[2:]), 7)
            x, y = windows((a + 1) / 2), windows((b + 1) / 2)
            mx, my = x.mean(1), y.mean(1)
            covariance = ((x - mx[:, None]) * (y - my[:, None])).sum(1) / 48
            c1, c2 = 0.01 ** 2, 0.03 ** 2
            return ((2 * mx * my + c1) * (2 * covariance + c2) / ((mx ** 2 + my ** 2 + c1) * (x.var(1) + y.var(1) + c2))).mean()
        if config['structure'] > 0:
            from skimage.metrics import structural_similarity
            a, b = pairs[0]
            known = structural_similarity(((a + 1) / 2).permute(1, 2, 0).double().numpy(), ((b + 1) / 2).permute(1, 2, 0).double().numpy(), data_range=1.0, channel_axis=2)
            assert abs(similarity(a[None].double(), b[None].double()).item() - known) < 1e-6, known
        G = Net(folder + '/g.json', folder + '/g')
        optimizer = torch.optim.Adam(G.parameters(), lr=1e-3, betas=(0.9, 0.999))
        for step in range(config['steps']):
            A, B = (torch.stack([p[side] for p in pairs[step * 2 % 4:step * 2 % 4 + 2]]) for side in (0, 1))
            made = G(A)
            terms = [F.l1_loss(made, B) if config['loss'] == 'L1' else F.mse_loss(made, B)]
            if config['structure'] > 0: terms.append((1 - similarity(made, B)) * config['structure'])
            if config['perceptual'] > 0: terms.append(config['perceptual'] * sum((x - y.detach()).abs().mean() for x, y in zip(vgg_features(made), vgg_features(B))) / 4)
            if config['variation'] > 0: terms.append(config['variation'] * ((made[:, :, 1:] - made[:, :, :-1]).abs().mean() + (made[:, :, :, 1:] - made[:, :, :, :-1]).abs().mean()))
            optimizer.zero_grad(); sum(terms).backward(); optimizer.step()
            print(*['%.9g' % t for t in terms])
        """;

    [Fact]
    public void Structure_beside_L1_equals_PyTorchs()
    {
        Oracle.Require("skimage");
        Compare(options => options.StructureWeight = 0.5, "g_l1", "g_structure");
    }

    [Fact]
    public void Perceptual_loss_and_total_variation_beside_L2_equal_PyTorchs()
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        string weights = Vgg.Write(folder, "vgg.pth");
        Compare(
            options =>
                (
                    options.Loss,
                    options.PerceptualWeight,
                    options.VggWeights,
                    options.TotalVariationWeight,
                    options.Epochs
                ) = (ReconstructionLoss.L2, 0.2, weights, 0.3, 3),
            "g_l2",
            "g_perceptual",
            "g_variation"
        );
    }

    private static void Compare(Action<RegressionTrainer.Options> change, params string[] losses)
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 4, 32);
        var options = new RegressionTrainer.Options
        {
            DataFolder = folder.File("data"),
            OutputFolder = folder.File("run"),
            Generator = "unet-32",
            GeneratorFilters = 8,
            Preprocess = PreprocessMode.None,
            Flip = false,
            Order = SampleOrder.Serial,
            BatchSize = 2,
            LearningRate = 1e-3,
            Epochs = 8,
            DecayEpochs = 0,
            LogEvery = 1,
            Device = TranslationDevice.Cpu,
            Threads = 1,
            ExportModel = false,
            FlushToDisk = false,
            SampleEveryEpochs = 0,
            SnapshotEveryEpochs = 0,
        };
        change(options);
        var generator = options.CreateGenerator(3, 3);
        options.InitialGenerator = LossCurve.Write(
            folder,
            "g",
            generator,
            WeightInitializer.Create(generator, gain: 0.05, seed: 2)
        );
        new RegressionTrainer(options).Train();
        var theirs = LossCurve.Python(
            folder,
            (options.PerceptualWeight > 0 ? Vgg.Script : "") + Script,
            new
            {
                steps = 2 * options.Epochs,
                loss = options.Loss.ToString(),
                structure = options.StructureWeight,
                perceptual = options.PerceptualWeight,
                variation = options.TotalVariationWeight,
            }
        );
        LossCurve.AssertEqual(folder.File("run"), theirs, losses);
    }
}
