using System.Globalization;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>From the same weights and images, our losses and PyTorch's.</summary>
public sealed class LossCurveTests
{
    // An independent pix2pix in the reference's order of operations (models/pix2pix_model.py), with pix2pixHD's scales
    // and feature matching.
    private const string Script = """
        objective, batch = config['objective'], config['batch']
        G, Ds = Net(folder + '/g.json', folder + '/g', config['low']), [Net(folder + '/d0.json', folder + '/d%d' % i, config['low']) for i in range(config['scales'])]
        def loss(maps, real):
            if objective == 'Wasserstein': return sum(-x.mean() if real else x.mean() for x in maps)
            gan = torch.nn.BCEWithLogitsLoss() if objective == 'Vanilla' else torch.nn.MSELoss()
            return sum(gan(x, torch.full_like(x, 1.0 if real else 0.0)) for x in maps)
        def judge(x, keep=None):
            maps = []
            for D in Ds:
                values = {}
                maps.append(D(x, keep=values))
                if keep is not None: keep.append([values[l['name']] for l in D.layers if l['type'] == 'activation'])
                x = F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)
            return maps
        weights_of_D = [t for D in Ds for t in D.parameters()]
        og = torch.optim.Adam(G.parameters(), lr=2e-4, betas=(0.5, 0.999))
        od = torch.optim.Adam(weights_of_D, lr=2e-4, betas=(0.5, 0.999))
        step, steps = 0, config['steps']
        while step < steps:
            for first in range(0, len(pairs), batch):
                if step == steps: break
                A = torch.stack([p[0] for p in pairs[first:first + batch]]); B = torch.stack([p[1] for p in pairs[first:first + batch]])
                fake = G(A)
                od.zero_grad()
                fake_pair, real_pair = torch.cat((A, fake), 1).detach(), torch.cat((A, B), 1)
                d_fake = loss(judge(fake_pair), False)
                d_real = loss(judge(real_pair), True)
                total = (d_fake + d_real) * 0.5
                if objective == 'Wasserstein':
                    a = torch.tensor(config['between'][step]).view(-1, 1, 1, 1)
                    x = (a * real_pair + (1 - a) * fake_pair).requires_grad_(True)
                    maps = judge(x)
                    score = maps[0].sum() if len(maps) == 1 else sum(m.mean(dim=(1, 2, 3)).sum() for m in maps)
                    g, = torch.autograd.grad(score, x, create_graph=True)
                    total = total + ((((g.reshape(len(g), -1) + 1e-16).norm(2, dim=1) - 1) ** 2).mean() * 10)
                total.backward(); od.step()
                for t in weights_of_D: t.requires_grad_(False)
                og.zero_grad()
                inner, target_inner = [], []
                terms = [loss(judge(torch.cat((A, fake), 1), inner), True), F.l1_loss(fake, B) * 100.0]
                if config['features'] > 0:
                    judge(real_pair, target_inner)
                    both = [(x, y) for xs, ys in zip(inner, target_inner) for x, y in zip(xs, ys)]
                    terms.append(config['features'] * sum(4.0 / (config['layers'] + 1) / len(Ds) * F.l1_loss(x, y.detach()) for x, y in both))
                if config['perceptual'] > 0:
                    terms.append(config['perceptual'] * sum((x - y.detach()).abs().mean() for x, y in zip(vgg_features(fake), vgg_features(B))) / 4)
                if config['variation'] > 0:
                    terms.append(config['variation'] * ((fake[:, :, 1:] - fake[:, :, :-1]).abs().mean() + (fake[:, :, :, 1:] - fake[:, :, :, :-1]).abs().mean()))
                sum(terms).backward(); og.step()
                for t in weights_of_D: t.requires_grad_(True)
                print(*['%.9g' % t for t in [d_real, d_fake, *terms]]); step += 1
        """;

    [Fact]
    public void The_penalty_of_two_scales_is_that_of_each_image_of_a_batch() =>
        Compare(options =>
            (options.Objective, options.BatchSize, options.DiscriminatorScales) = (
                AdversarialObjective.Wasserstein,
                2,
                2
            )
        );

    [Theory]
    [InlineData(AdversarialObjective.Vanilla, 1)]
    [InlineData(AdversarialObjective.LeastSquares, 2)]
    [InlineData(AdversarialObjective.Wasserstein, 2)]
    public void The_loss_curve_equals_PyTorchs(AdversarialObjective objective, int batchSize) =>
        Compare(options => (options.Objective, options.BatchSize) = (objective, batchSize));

    [Theory]
    [InlineData(AdversarialObjective.LeastSquares)]
    [InlineData(AdversarialObjective.Wasserstein)]
    public void Accumulated_gradients_equal_those_of_PyTorchs_larger_batches(AdversarialObjective objective) =>
        Compare(options =>
        {
            options.Objective = objective;
            options.Generator = "resnet-1";
            options.Norm = NormalizationKind.Instance;
            (options.BatchSize, options.AccumulationSteps) = (1, 3);
        });

    [Theory]
    [InlineData(3, 0)]
    [InlineData(2, 10)]
    public void Multi_scale_discriminators_and_feature_matching_equal_PyTorchs(int scales, double featureMatching) =>
        Compare(
            options =>
                (options.DiscriminatorScales, options.FeatureMatchingWeight, options.DiscriminatorLayers) = (
                    scales,
                    featureMatching,
                    1
                ),
            featureMatching > 0 ? ["g_features"] : []
        );

    [Fact]
    public void Pix2pixHDs_terms_equal_PyTorchs_from_weights_under_its_names() =>
        Compare(
            options =>
            {
                options.Objective = AdversarialObjective.LeastSquares;
                options.Norm = NormalizationKind.Instance;
                // The norms of pix2pixHD's own generator see four pixels at this size, which multiplies rounding errors.
                options.Generator = "resnet-2";
                options.Discriminator = NetworkCatalog.Pix2PixHdPatch;
                (options.DiscriminatorScales, options.DiscriminatorLayers) = (2, 2);
                options.FeatureMatchingWeight = 10;
            },
            "g_features"
        );

    [Fact]
    public void Total_variation_equals_PyTorchs() =>
        Compare(options => options.TotalVariationWeight = 5, "g_variation");

    [Fact]
    public void The_perceptual_loss_equals_PyTorchs()
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        string weights = Vgg.Write(folder, "vgg.safetensors");
        Compare(
            options => (options.PerceptualWeight, options.VggWeights, options.Epochs) = (3, weights, 2),
            "g_perceptual"
        );
    }

    [Theory]
    [InlineData(AdversarialObjective.Vanilla)]
    [InlineData(AdversarialObjective.Wasserstein)]
    public void Casts_to_bfloat16_stay_within_its_error_of_PyTorchs(AdversarialObjective objective) =>
        Compare(options =>
        {
            options.Objective = objective;
            options.Precision = TrainingPrecision.BFloat16;
            options.Epochs = 1;
        });

    // As its networks.py names the layers of all scales in one file, the scale of the largest image last.
    private static string WriteAsPix2PixHd(TemporaryFolder folder, int scales)
    {
        var all = new StateDict();
        for (int scale = 0; scale < scales; scale++)
        {
            var weights = StateDict.Read(folder.File($"d{scale}"));
            int layers = weights.Names.Count(name => name.EndsWith(".weight", StringComparison.Ordinal)) - 1;
            foreach (string name in weights.Names)
            {
                string[] parts = name.Split('.');
                int number = parts[0] == "logits" ? layers : int.Parse(parts[0][5..], CultureInfo.InvariantCulture) - 1;
                all[$"scale{scales - 1 - scale}_layer{number}.0.{parts[^1]}"] = weights[name];
            }
        }
        all.Write(folder.File("latest_net_D"));
        return folder.File("latest_net_D");
    }

    private static void Compare(Action<Pix2PixTrainer.Options> change, params string[] moreLosses)
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 5, 32);
        var options = new Pix2PixTrainer.Options
        {
            DataFolder = folder.File("data"),
            OutputFolder = folder.File("run"),
            Generator = "unet-32",
            GeneratorFilters = 8,
            Dropout = false,
            DiscriminatorFilters = 8,
            DiscriminatorLayers = 2,
            Preprocess = PreprocessMode.None,
            Flip = false,
            Order = SampleOrder.Serial,
            Epochs = 4,
            DecayEpochs = 0,
            LogEvery = 1,
            Device = TranslationDevice.Cpu,
            Threads = 1,
            Seed = 1,
            ExportModel = false,
            FlushToDisk = false,
            SampleEveryEpochs = 0,
            SnapshotEveryEpochs = 0,
        };
        change(options);
        int batch = options.BatchSize * options.AccumulationSteps,
            perEpoch = (5 + batch - 1) / batch,
            steps = perEpoch * options.Epochs;
        var generator = options.CreateGenerator(3, 3);
        var discriminator = Discriminators.Create(options, 6);
        options.InitialGenerator = LossCurve.Write(
            folder,
            "g",
            generator,
            WeightInitializer.Create(generator, seed: 1)
        );
        for (int scale = 0; scale < options.DiscriminatorScales; scale++)
        {
            using var network = InitialNetwork.Create(
                discriminator,
                options,
                RandomStream.Discriminator,
                null,
                new(DeviceType.CPU),
                scale
            );
            LossCurve.Write(folder, $"d{scale}", discriminator, network.Export());
        }
        options.InitialDiscriminator = folder.File("d0");
        if (options.Discriminator == NetworkCatalog.Pix2PixHdPatch)
            options.InitialDiscriminator = WriteAsPix2PixHd(folder, options.DiscriminatorScales);
        new Pix2PixTrainer(options).Train();

        var between = Enumerable
            .Range(0, steps)
            .Select(step =>
            {
                var random = new CounterRandom(options.SeedOrZero, RandomStream.GradientPenalty, step);
                return Enumerable
                    .Range(0, Math.Min(batch, 5 - step % perEpoch * batch))
                    .Select(_ => random.NextDouble())
                    .ToArray();
            });
        var theirs = LossCurve.Python(
            folder,
            (options.PerceptualWeight > 0 ? Vgg.Script : "") + Script,
            new
            {
                objective = options.Objective.ToString(),
                batch,
                steps,
                between,
                scales = options.DiscriminatorScales,
                features = options.FeatureMatchingWeight,
                layers = options.DiscriminatorLayers,
                low = options.Precision == TrainingPrecision.BFloat16,
                perceptual = options.PerceptualWeight,
                variation = options.TotalVariationWeight,
            }
        );
        // Sums in bfloat16 round differently from one libtorch to the next: 8 bits of mantissa, a few roundings deep.
        double tolerance = options.Precision == TrainingPrecision.BFloat16 ? 1.0 / 64 : 1e-4;
        LossCurve.AssertEqual(
            folder.File("run"),
            theirs,
            tolerance,
            ["d_real", "d_fake", "g_gan", "g_l1", .. moreLosses]
        );
    }
}
