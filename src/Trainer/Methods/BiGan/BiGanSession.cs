using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The BiGAN step: the discriminator tells pairs (x, G(x)) from pairs (F(y), y), and both generators learn to make it
/// confuse them (Donahue et al. 2016, section 3.4: the labels are exchanged). They learn before it, as in CycleGAN.
/// </summary>
internal sealed class BiGanSession : TrainingSession
{
    private readonly BiGanTrainer.Options _options;
    private readonly GeneratorRole _forward;
    private readonly GeneratorRole _reverse;
    private readonly Adam _forwardOptimizer;
    private readonly Adam _reverseOptimizer;
    private readonly MultiScaleDiscriminator _discriminator;
    private readonly ImagePool _forwardPool;
    private readonly ImagePool _reversePool;
    private readonly DiffAugment _augment;
    private readonly Lanes _lanes;

    /// <param name="options">The options.</param>
    /// <param name="forward">The generator from A to B: G.</param>
    /// <param name="reverse">The generator from B to A: F.</param>
    /// <param name="discriminators">Discriminators of pairs, an A image before a B image.</param>
    public BiGanSession(
        BiGanTrainer.Options options,
        TorchNetwork forward,
        TorchNetwork reverse,
        IReadOnlyList<TorchNetwork> discriminators
    )
    {
        _options = options;
        var adam = new AdamOptions(options.Beta1, options.Beta2, options.Epsilon);
        _forward = new("generator_ab", forward, TranslationDirection.AtoB, options.BatchSize);
        _reverse = new("generator_ba", reverse, TranslationDirection.BtoA, options.BatchSize);
        _forwardOptimizer = new(forward, adam);
        _reverseOptimizer = new(reverse, adam);
        _discriminator = new("discriminator", discriminators, options.Objective, adam);
        _forwardPool = new(options.PoolSize, options.SeedOrZero, RandomStream.Pool);
        _reversePool = new(options.PoolSize, options.SeedOrZero, RandomStream.SecondPool);
        _augment = new(options.DiscriminatorAugmentation, options.SeedOrZero);
        Generators = [_forward, _reverse];
        _lanes = new(forward.Device);
    }

    public override TrainerKind Trainer => TrainerKind.BiGan;

    public override Device Device => _forward.Network.Device;

    // Of the pairs (x, G(x)), then of the pairs (F(y), y).
    public override IReadOnlyList<LossTerm> Losses { get; } =
    [
        LossTerm.Discriminator("d_ab"),
        LossTerm.Discriminator("d_ba"),
        LossTerm.Generator("g_ab"),
        LossTerm.Generator("g_ba"),
    ];

    public override IReadOnlyList<GeneratorRole> Generators { get; }

    public override IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        [(_forward.Name, _forward.Network), (_reverse.Name, _reverse.Network), .. _discriminator.Networks];

    public override IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        [(_forward.Name, _forwardOptimizer), (_reverse.Name, _reverseOptimizer), .. _discriminator.Optimizers];

    public override bool Scores => false;

    public override IReadOnlyList<string> SampleCaptions =>
        ["A", "A to B", "A to B to A", "B", "B to A", "B to A to B"];

    public override Tensor[] Step(Tensor source, Tensor target, long step, double learningRate)
    {
        List<Tensor> forwards = [],
            reverses = [];
        var generators = MicroBatch.Mean(MicroBatch.Split(source, target, _options.BatchSize), AddGenerators);
        Gradients.Apply((_forwardOptimizer, learningRate), (_reverseOptimizer, learningRate));
        var discriminators = StepDiscriminator(
            _forwardPool.Query(MicroBatch.Join(forwards)),
            _reversePool.Query(MicroBatch.Join(reverses)),
            step,
            learningRate
        );
        return [.. discriminators, .. generators];

        Tensor[] AddGenerators(MicroBatch part)
        {
            var (forward, reverse) = _lanes.Run(
                together: _discriminator.IsStateless,
                () =>
                    AddGenerator(
                        torch.cat([part.Source, _forward.Network.Forward(part.Source, ForwardMode.Training)], 1),
                        _forwardOptimizer,
                        real: false,
                        step,
                        part
                    ),
                () =>
                    AddGenerator(
                        torch.cat([_reverse.Network.Forward(part.Target, ForwardMode.Training), part.Target], 1),
                        _reverseOptimizer,
                        real: true,
                        step,
                        part
                    )
            );
            forwards.Add(forward[0].MoveToOuterDisposeScope());
            reverses.Add(reverse[0].MoveToOuterDisposeScope());
            return [forward[1], reverse[1]];
        }
    }

    public override IReadOnlyList<RgbImage> SampleRow(Sample sample)
    {
        var translated = _forward.Translate(sample.Source);
        var back = _reverse.Translate(sample.Target);
        return
        [
            sample.Source,
            translated,
            _reverse.Translate(translated),
            sample.Target,
            back,
            _forward.Translate(back),
        ];
    }

    public override double? DiscriminatorLoss(IReadOnlyList<float> losses) =>
        _options.Objective == AdversarialObjective.Wasserstein ? null : (losses[0] + losses[1]) / 2;

    public override void Save(CheckpointWriter checkpoint)
    {
        _forwardPool.Save(checkpoint, "pool_ab");
        _reversePool.Save(checkpoint, "pool_ba");
    }

    public override void Load(CheckpointReader checkpoint)
    {
        _forwardPool.Load(checkpoint, "pool_ab", Device);
        _reversePool.Load(checkpoint, "pool_ba", Device);
    }

    public override void Dispose()
    {
        base.Dispose();
        _discriminator.Dispose();
        _lanes.Dispose();
        _forwardPool.Dispose();
        _reversePool.Dispose();
    }

    // Adds to a generator's gradients. Returns the pairs and the loss if the discriminator should take them for such
    // pairs as the other generator makes.
    private Tensor[] AddGenerator(Tensor pairs, Adam optimizer, bool real, long step, MicroBatch part)
    {
        var seen = Seen(pairs, step, real ? 1 : 0, part);
        var loss = _discriminator.Loss(_discriminator.Logits(seen, constant: true), real);
        Gradients.Add(part.Weigh(loss), [optimizer]);
        return [pairs.detach(), loss.detach()];
    }

    private Tensor[] StepDiscriminator(Tensor forward, Tensor reverse, long step, double learningRate)
    {
        var means = MicroBatch.Mean(
            MicroBatch.Split(forward, reverse, _options.BatchSize),
            part => AddGame(Seen(part.Source, step, 2, part), Seen(part.Target, step, 3, part), step, part)
        );
        _discriminator.Apply(learningRate);
        return means;
    }

    // Adds to the discriminator's gradients.
    private Tensor[] AddGame(Tensor forward, Tensor reverse, long step, MicroBatch part)
    {
        var forwardLoss = _discriminator.Loss(_discriminator.Logits(forward), real: true);
        var reverseLoss = _discriminator.Loss(_discriminator.Logits(reverse), real: false);
        _discriminator.AddGame(forward, reverse, forwardLoss, reverseLoss, _options, step, part);
        return [forwardLoss.detach(), reverseLoss.detach()];
    }

    // Colours change in the B image of a pair.
    private Tensor Seen(Tensor pairs, long step, int pass, MicroBatch part) =>
        _augment.Of(pairs, _options.InputChannels, step, pass, part.First);
}
