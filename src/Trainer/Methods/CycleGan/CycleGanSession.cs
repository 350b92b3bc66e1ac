using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The CycleGAN step (paper, section 3; models/cycle_gan_model.py): both generators learn first, then both
/// discriminators. What is made of A images and what is made of B images are two lanes of the step, and so are the two
/// discriminators.
/// </summary>
internal sealed class CycleGanSession : TrainingSession
{
    private readonly CycleGanTrainer.Options _options;
    private readonly GeneratorRole _forward,
        _reverse;
    private readonly Adam _forwardOptimizer,
        _reverseOptimizer;
    private readonly MultiScaleDiscriminator _discriminatorB,
        _discriminatorA;
    private readonly ImagePool _poolB,
        _poolA;
    private readonly DiffAugment _augment;
    private readonly Lanes _lanes;
    private readonly Way _fromA,
        _fromB;

    /// <param name="options">The options.</param>
    /// <param name="forward">The generator from A to B (the reference's G_A).</param>
    /// <param name="reverse">The generator from B to A (G_B).</param>
    /// <param name="discriminatorsB">Discriminators of B images (D_A).</param>
    /// <param name="discriminatorsA">Discriminators of A images (D_B).</param>
    public CycleGanSession(
        CycleGanTrainer.Options options,
        TorchNetwork forward,
        TorchNetwork reverse,
        IReadOnlyList<TorchNetwork> discriminatorsB,
        IReadOnlyList<TorchNetwork> discriminatorsA
    )
    {
        _options = options;
        var adam = new AdamOptions(options.Beta1, options.Beta2, options.Epsilon);
        _forward = new("generator_ab", forward, TranslationDirection.AtoB, options.BatchSize);
        _reverse = new("generator_ba", reverse, TranslationDirection.BtoA, options.BatchSize);
        (_forwardOptimizer, _reverseOptimizer) = (new(forward, adam), new(reverse, adam));
        _discriminatorB = new("discriminator_b", discriminatorsB, options.Objective, adam);
        _discriminatorA = new("discriminator_a", discriminatorsA, options.Objective, adam);
        _poolB = new(options.PoolSize, options.SeedOrZero, RandomStream.Pool);
        _poolA = new(options.PoolSize, options.SeedOrZero, RandomStream.SecondPool);
        _augment = new(options.DiscriminatorAugmentation, options.SeedOrZero);
        Generators = [_forward, _reverse];
        _lanes = new(forward.Device);
        _fromA = new(_forward, _reverse, _discriminatorB, options.CycleWeightA, Look: 0);
        _fromB = new(_reverse, _forward, _discriminatorA, options.CycleWeightB, Look: 1);
    }

    public override TrainerKind Trainer => TrainerKind.CycleGan;

    public override Device Device => _forward.Network.Device;

    // The reference's names: its D_A judges B images, as G_A makes them.
    public override IReadOnlyList<LossTerm> Losses { get; } =
    [
        LossTerm.Discriminator("d_a"),
        LossTerm.Generator("g_a"),
        LossTerm.Generator("cycle_a"),
        LossTerm.Generator("idt_a"),
        LossTerm.Discriminator("d_b"),
        LossTerm.Generator("g_b"),
        LossTerm.Generator("cycle_b"),
        LossTerm.Generator("idt_b"),
    ];

    public override IReadOnlyList<GeneratorRole> Generators { get; }

    public override IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        [
            (_forward.Name, _forward.Network),
            (_reverse.Name, _reverse.Network),
            .. _discriminatorB.Networks,
            .. _discriminatorA.Networks,
        ];

    public override IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        [
            (_forward.Name, _forwardOptimizer),
            (_reverse.Name, _reverseOptimizer),
            .. _discriminatorB.Optimizers,
            .. _discriminatorA.Optimizers,
        ];

    public override bool Scores => false;

    public override IReadOnlyList<string> SampleCaptions =>
        ["A", "A to B", "A to B to A", "A to A", "B", "B to A", "B to A to B", "B to B"];

    public override Tensor[] Step(Tensor source, Tensor target, long step, double learningRate)
    {
        var parts = MicroBatch.Split(source, target, _options.BatchSize);
        List<Tensor> fakesB = [],
            fakesA = [];
        var generators = MicroBatch.Mean(parts, AddGenerators);
        Gradients.Apply((_forwardOptimizer, learningRate), (_reverseOptimizer, learningRate));
        Tensor seenB = _poolB.Query(MicroBatch.Join(fakesB)),
            seenA = _poolA.Query(MicroBatch.Join(fakesA));
        var (lossB, lossA) = _lanes.Run(
            together: true,
            () => StepDiscriminator(_discriminatorB, target, seenB, 2 * step, learningRate),
            () => StepDiscriminator(_discriminatorA, source, seenA, 2 * step + 1, learningRate)
        );
        return [.. lossB, .. generators[..3], .. lossA, .. generators[3..]];

        Tensor[] AddGenerators(MicroBatch part)
        {
            var (ofA, ofB) = AddGeneratorLosses(part, step, alone: parts.Count == 1);
            fakesB.Add(ofA[0].MoveToOuterDisposeScope());
            fakesA.Add(ofB[0].MoveToOuterDisposeScope());
            // The identity loss of a generator is of the images that it makes, those of the other way.
            return [ofA[1], ofA[2], ofB[3], ofB[1], ofB[2], ofA[3]];
        }
    }

    public override IReadOnlyList<RgbImage> SampleRow(Sample sample)
    {
        RgbImage translated = _forward.Translate(sample.Source),
            back = _reverse.Translate(sample.Target);
        // Identity is what a generator makes of an image that is of its target kind already.
        bool identity = _options.InputChannels == _options.OutputChannels;
        return
        [
            sample.Source,
            translated,
            _reverse.Translate(translated),
            identity ? _reverse.Translate(sample.Source) : sample.Source,
            sample.Target,
            back,
            _forward.Translate(back),
            identity ? _forward.Translate(sample.Target) : sample.Target,
        ];
    }

    public override double? DiscriminatorLoss(IReadOnlyList<float> losses) =>
        _options.Objective == AdversarialObjective.Wasserstein ? null : Math.Min(losses[0], losses[4]);

    public override void Save(CheckpointWriter checkpoint)
    {
        _poolB.Save(checkpoint, "pool_b");
        _poolA.Save(checkpoint, "pool_a");
    }

    public override void Load(CheckpointReader checkpoint)
    {
        _poolB.Load(checkpoint, "pool_b", Device);
        _poolA.Load(checkpoint, "pool_a", Device);
    }

    public override void Dispose()
    {
        base.Dispose();
        _discriminatorB.Dispose();
        _discriminatorA.Dispose();
        _lanes.Dispose();
        _poolB.Dispose();
        _poolA.Dispose();
    }

    // Adds to the gradients of both generators. Returns for either kind of images: the translated images, the
    // adversarial loss, the cycle loss, and the identity loss of the way back.
    private (Tensor[] OfA, Tensor[] OfB) AddGeneratorLosses(MicroBatch part, long step, bool alone)
    {
        if (_forward.Network.IsStateless && _reverse.Network.IsStateless)
            return _lanes.Run(
                together: alone,
                () => Add(Translate(_fromA, part.Source)),
                () => Add(Translate(_fromB, part.Target))
            );
        // The reference's order, on which running statistics and dropout depend.
        Translation a = Translate(_fromA, part.Source),
            b = Translate(_fromB, part.Target);
        return (Add(a), Add(b));

        Tensor[] Add(Translation made)
        {
            var (way, images) = (made.Way, made.Images);
            var identity =
                _options.IdentityWeight > 0
                    ? Distance(Forward(way.Back, images), images, way.CycleWeight * _options.IdentityWeight)
                    : torch.zeros([], device: Device, dtype: torch.ScalarType.Float32);
            var seen = _augment.Of(made.Translated, 0, step, way.Look, part.First);
            var game = way.Judge.Loss(way.Judge.Logits(seen, constant: true), real: true);
            Gradients.Add(
                part.Weigh(NumberArithmetic.Sum([game, made.Cycle, identity])),
                [_forwardOptimizer, _reverseOptimizer]
            );
            return [made.Translated.detach(), game.detach(), made.Cycle.detach(), identity.detach()];
        }
    }

    private static Translation Translate(Way way, Tensor images)
    {
        var translated = Forward(way.There, images);
        return new(way, images, translated, Distance(Forward(way.Back, translated), images, way.CycleWeight));
    }

    private Tensor[] StepDiscriminator(
        MultiScaleDiscriminator discriminator,
        Tensor real,
        Tensor generated,
        long step,
        double learningRate
    )
    {
        var parts = MicroBatch.Split(real, generated, _options.BatchSize);
        var mean = MicroBatch.Mean(
            parts,
            part =>
            {
                // The number counts the updates of both discriminators; the generators' looks are 0 and 1 of a step.
                int pass = 2 + (int)(step % 2) * 2;
                Tensor realImages = _augment.Of(part.Source, 0, step / 2, pass, part.First),
                    fakeImages = _augment.Of(part.Target, 0, step / 2, pass + 1, part.First);
                var realLoss = discriminator.Loss(discriminator.Logits(realImages), real: true);
                var fakeLoss = discriminator.Loss(discriminator.Logits(fakeImages), real: false);
                return [discriminator.AddGame(realImages, fakeImages, realLoss, fakeLoss, _options, step, part)];
            }
        );
        discriminator.Apply(learningRate);
        return mean;
    }

    private static Tensor Forward(GeneratorRole generator, Tensor images) =>
        generator.Network.Forward(images, ForwardMode.Training);

    private static Tensor Distance(Tensor image, Tensor target, double weight) =>
        functional.l1_loss(image, target).Times((float)weight);

    // One of the two ways around the cycle, and which look of the discriminators it is in a step.
    private sealed record Way(
        GeneratorRole There,
        GeneratorRole Back,
        MultiScaleDiscriminator Judge,
        double CycleWeight,
        int Look
    );

    private sealed record Translation(Way Way, Tensor Images, Tensor Translated, Tensor Cycle);
}
