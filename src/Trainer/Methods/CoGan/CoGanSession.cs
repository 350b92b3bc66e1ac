using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The CoGAN step (Liu and Tuzel 2016, algorithm 1): the discriminators learn first, then the generators, on the images
/// that both generators made of the same noise.
/// </summary>
internal sealed class CoGanSession : TrainingSession
{
    private readonly CoGanTrainer.Options _options;
    private readonly GeneratorRole _shared;
    private readonly GeneratorRole _a;
    private readonly GeneratorRole _b;
    private readonly TorchNetwork _judge;
    private readonly TorchNetwork _judgeA;
    private readonly TorchNetwork _judgeB;
    private readonly Dictionary<string, Adam> _optimizers;
    private readonly AdversarialLoss _loss;

    /// <param name="options">The options.</param>
    /// <param name="networks">The networks of <see cref="CoGanNetworks"/> by name.</param>
    public CoGanSession(CoGanTrainer.Options options, IReadOnlyDictionary<string, TorchNetwork> networks)
    {
        _options = options;
        _shared = Role(CoGanNetworks.Generator);
        _a = Role(CoGanNetworks.GeneratorA);
        _b = Role(CoGanNetworks.GeneratorB);
        _judge = networks[CoGanNetworks.Discriminator];
        _judgeA = networks[CoGanNetworks.DiscriminatorA];
        _judgeB = networks[CoGanNetworks.DiscriminatorB];
        var adam = new AdamOptions(options.Beta1, options.Beta2, options.Epsilon);
        _optimizers = networks.ToDictionary(named => named.Key, named => new Adam(named.Value, adam));
        _loss = new(options.Objective, _judge.Device);
        Generators = [_shared, _a, _b];

        GeneratorRole Role(string name) => new(name, networks[name], TranslationDirection.AtoB, options.BatchSize);
    }

    public override TrainerKind Trainer => TrainerKind.CoGan;

    public override Device Device => _judge.Device;

    public override IReadOnlyList<LossTerm> Losses { get; } =
    [
        LossTerm.Discriminator("d_real_a"),
        LossTerm.Discriminator("d_real_b"),
        LossTerm.Discriminator("d_fake_a"),
        LossTerm.Discriminator("d_fake_b"),
        LossTerm.Generator("g_a"),
        LossTerm.Generator("g_b"),
    ];

    // The parts of the generators.
    public override IReadOnlyList<GeneratorRole> Generators { get; }

    public override NetworkGraph GeneratorGraph => CoGanNetworks.WholeGenerator(_options);

    public override bool Exports => false;

    public override IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        [
            .. Generators.Select(role => (role.Name, role.Network)),
            (CoGanNetworks.DiscriminatorA, _judgeA),
            (CoGanNetworks.DiscriminatorB, _judgeB),
            (CoGanNetworks.Discriminator, _judge),
        ];

    public override IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        _optimizers.Select(named => (named.Key, named.Value));

    public override bool Scores => false;

    public override IReadOnlyList<string> SampleCaptions => ["A", "A found", "A to B", "B", "B found", "B to A"];

    public override Tensor[] Step(Tensor source, Tensor target, long step, double learningRate)
    {
        var features = _shared.Network.Forward(Noise(source.shape[0], step), ForwardMode.Training);
        var a = _a.Network.Forward(features, ForwardMode.Training);
        var b = _b.Network.Forward(features, ForwardMode.Training);
        var discriminators = StepDiscriminators(source, target, a.detach(), b.detach(), learningRate);
        return [.. discriminators, .. StepGenerators(a, b, learningRate)];
    }

    public override IReadOnlyList<RgbImage> SampleRow(Sample sample)
    {
        var generators = new CoGanGenerators(_options, _shared.Product, _a.Product, _b.Product, _shared.Mode);
        var forward = generators.Translate([sample.Source], TranslationDirection.AtoB)[0];
        var reverse = generators.Translate([sample.Target], TranslationDirection.BtoA)[0];
        return [sample.Source, forward.Found, forward.Translated, sample.Target, reverse.Found, reverse.Translated];
    }

    public override double? DiscriminatorLoss(IReadOnlyList<float> losses) => losses.Take(4).Average();

    public override void Dispose()
    {
        base.Dispose();
        _loss.Dispose();
    }

    private Tensor Noise(long count, long step)
    {
        var values = new float[count * _options.NoiseSize];
        CounterRandom.Normal(_options.SeedOrZero, RandomStream.Noise, step, values);
        return torch.tensor(values, [count, _options.NoiseSize, 1, 1]).to(Device);
    }

    private Tensor[] StepDiscriminators(Tensor realA, Tensor realB, Tensor fakeA, Tensor fakeB, double learningRate)
    {
        Tensor[] losses =
        [
            _loss.Of(Judge(_judgeA, realA), real: true),
            _loss.Of(Judge(_judgeB, realB), real: true),
            _loss.Of(Judge(_judgeA, fakeA), real: false),
            _loss.Of(Judge(_judgeB, fakeB), real: false),
        ];
        // The mean over images of both kinds, as of one batch.
        Gradients.Descend(
            losses[0].Plus(losses[1]).Plus(losses[2]).Plus(losses[3]).Times(0.5),
            Rates(learningRate, CoGanNetworks.Discriminator, CoGanNetworks.DiscriminatorA, CoGanNetworks.DiscriminatorB)
        );
        return Array.ConvertAll(losses, loss => loss.detach());
    }

    private Tensor[] StepGenerators(Tensor a, Tensor b, double learningRate)
    {
        var lossA = _loss.Of(Judge(_judgeA, a, constant: true), real: true);
        var lossB = _loss.Of(Judge(_judgeB, b, constant: true), real: true);
        Gradients.Descend(
            lossA.Plus(lossB).Times(0.5),
            Rates(learningRate, CoGanNetworks.Generator, CoGanNetworks.GeneratorA, CoGanNetworks.GeneratorB)
        );
        return [lossA.detach(), lossB.detach()];
    }

    private Tensor Judge(TorchNetwork own, Tensor images, bool constant = false) =>
        _judge.Forward(own.Forward(images, ForwardMode.Training, constant), ForwardMode.Training, constant);

    private (Adam, double)[] Rates(double learningRate, params string[] names) =>
        Array.ConvertAll(names, name => (_optimizers[name], learningRate));
}
