using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The CycleGAN step (paper, section 3; models/cycle_gan_model.py): both generators learn first, then both
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
        var generatorLosses = MicroBatch.Mean(parts, part => AddGenerators(part));
        Gradients.Apply((_forwardOptimizer, learningRate), (_reverseOptimizer, learningRate));
        var lossB = StepDiscriminator(
            _discriminatorB,
            target,
            _poolB.Query(MicroBatch.Join(fakesB)),
            2 * step,
            learningRate
        );
        var lossA = StepDiscriminator(
            _discriminatorA,
            source,
            _poolA.Query(MicroBatch.Join(fakesA)),
            2 * step + 1,
            learningRate
        );
        return [lossB, .. generatorLosses[..3], lossA, .. generatorLosses[3..]];

        Tensor[] AddGenerators(MicroBatch part)
        {
            var (fakeB, fakeA, losses) = AddGeneratorLosses(part, step);
            fakesB.Add(fakeB.MoveToOuterDisposeScope());
            fakesA.Add(fakeA.MoveToOuterDisposeScope());
            return losses;
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
        _poolB.Dispose();
        _poolA.Dispose();
    }

    // Adds to the generators' gradients.
    private (Tensor FakeB, Tensor FakeA, Tensor[] Losses) AddGeneratorLosses(MicroBatch part, long step)
    {
        var (a, b) = (part.Source, part.Target);
        var fakeB = Forward(_forward, a);
        var cycleA = Distance(Forward(_reverse, fakeB), a, _options.CycleWeightA);
        var fakeA = Forward(_reverse, b);
        var cycleB = Distance(Forward(_forward, fakeA), b, _options.CycleWeightB);
        bool identity = _options.IdentityWeight > 0;
        var identityA = identity
            ? Distance(Forward(_forward, b), b, _options.CycleWeightB * _options.IdentityWeight)
            : torch.zeros([], device: Device, dtype: torch.ScalarType.Float32);
        var identityB = identity
            ? Distance(Forward(_reverse, a), a, _options.CycleWeightA * _options.IdentityWeight)
            : torch.zeros([], device: Device, dtype: torch.ScalarType.Float32);
        var gameB = _discriminatorB.Loss(_discriminatorB.Logits(Seen(fakeB, 0), constant: true), real: true);
        var gameA = _discriminatorA.Loss(_discriminatorA.Logits(Seen(fakeA, 1), constant: true), real: true);
        Gradients.Add(
            part.Weigh(NumberArithmetic.Sum([gameB, gameA, cycleA, cycleB, identityA, identityB])),
            [_forwardOptimizer, _reverseOptimizer]
        );
        Tensor[] losses = [gameB, cycleA, identityA, gameA, cycleB, identityB];
        return (fakeB.detach(), fakeA.detach(), Array.ConvertAll(losses, loss => loss.detach()));

        Tensor Seen(Tensor images, int pass) => _augment.Of(images, 0, step, pass, part.First);
    }

    private Tensor StepDiscriminator(
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
        return mean[0];
    }

    private static Tensor Forward(GeneratorRole generator, Tensor images) =>
        generator.Network.Forward(images, ForwardMode.Training);

    private static Tensor Distance(Tensor image, Tensor target, double weight) =>
        functional.l1_loss(image, target).Times((float)weight);
}
