using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The step of one-sided translation in the order of CUT's reference (models/cut_model.py): the discriminator learns
/// first, then the generator, together with the networks of the tie.
/// </summary>
internal sealed class OneSidedSession : TrainingSession
{
    private readonly OneSidedOptions _options;
    private readonly TorchNetwork _generator;
    private readonly Adam _generatorOptimizer;
    private readonly MultiScaleDiscriminator _discriminator;
    private readonly ContentTie _tie;
    private readonly ImagePool _pool;
    private readonly DiffAugment _augment;

    public OneSidedSession(
        OneSidedOptions options,
        TorchNetwork generator,
        IReadOnlyList<TorchNetwork> discriminators,
        ContentTie tie
    )
    {
        var adam = new AdamOptions(options.Beta1, options.Beta2, options.Epsilon);
        _options = options;
        _generator = generator;
        _generatorOptimizer = new(generator, adam);
        _discriminator = new("discriminator", discriminators, options.Objective, adam);
        _tie = tie;
        _pool = new(options.PoolSize, options.SeedOrZero, RandomStream.Pool);
        _augment = new(options.DiscriminatorAugmentation, options.SeedOrZero);
        Generators = [new("generator", generator, options.Direction, options.BatchSize)];
        Losses =
        [
            LossTerm.Discriminator("d_real"),
            LossTerm.Discriminator("d_fake"),
            LossTerm.Generator("g_gan"),
            .. tie.Terms,
        ];
        SampleCaptions = tie.TranslatesTargets
            ? ["source", "translated", "target", "target translated"]
            : ["source", "translated"];
    }

    public override TrainerKind Trainer => _options.Trainer;

    public override Device Device => _generator.Device;

    public override IReadOnlyList<LossTerm> Losses { get; }

    public override IReadOnlyList<GeneratorRole> Generators { get; }

    public override IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        [("generator", _generator), .. _discriminator.Networks, .. _tie.Networks];

    public override IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        [("generator", _generatorOptimizer), .. _discriminator.Optimizers, .. _tie.Optimizers];

    public override bool Scores => false;

    public override IReadOnlyList<string> SampleCaptions { get; }

    public override Tensor[] Step(Tensor source, Tensor target, long step, double learningRate)
    {
        var parts = MicroBatch.Split(source, target, _options.BatchSize);
        // What is kept for the generator's update takes memory: of several parts none is, and they are made again.
        var images = parts.Count == 1 ? Translate(parts[0], step) : null;
        var fakes = images is null ? torch.cat([.. parts.Select(Fake)]) : images.Translated.detach();
        var game = StepDiscriminator(target, _pool.Query(fakes), step, learningRate);
        return [.. game, .. StepGenerator(parts, part => images ?? Translate(part, step), learningRate)];

        Tensor Fake(MicroBatch part)
        {
            using var unrecorded = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            return Translate(part, step, ForwardMode.Rehearsal).Translated.MoveToOuterDisposeScope();
        }
    }

    public override IReadOnlyList<RgbImage> SampleRow(Sample sample)
    {
        var role = Generators[0];
        return _tie.TranslatesTargets
            ? [sample.Source, role.Translate(sample.Source), sample.Target, role.Translate(sample.Target)]
            : [sample.Source, role.Translate(sample.Source)];
    }

    public override double? DiscriminatorLoss(IReadOnlyList<float> losses) =>
        _options.Objective == AdversarialObjective.Wasserstein ? null : (losses[0] + losses[1]) / 2;

    public override void Save(CheckpointWriter checkpoint) => _pool.Save(checkpoint, "pool");

    public override void Load(CheckpointReader checkpoint) => _pool.Load(checkpoint, "pool", Device);

    public override void Dispose()
    {
        base.Dispose();
        _discriminator.Dispose();
        _tie.Dispose();
        _pool.Dispose();
    }

    // Sources and targets go through the generator in one batch, as in the reference.
    private OneSidedImages Translate(MicroBatch part, long step, ForwardMode mode = ForwardMode.Training)
    {
        var (source, target) = (part.Source, part.Target);
        // A part that is made again is the same again.
        SeedDropout(_options.SeedOrZero, step, part.Number);
        var input = _tie.TranslatesTargets ? torch.cat([source, target]) : source;
        bool mirrored = _tie.Mirrors(step);
        if (mirrored)
            input = input.flip(3);
        var output = _generator.Forward(input, mode);
        if (!_tie.TranslatesTargets)
            return new(source, target, output, null, mirrored, step);
        long sources = source.shape[0];
        return new(
            source,
            target,
            output.narrow(0, 0, sources),
            output.narrow(0, sources, target.shape[0]),
            mirrored,
            step
        );
    }

    /// <summary>The discriminator's losses of real and generated images.</summary>
    private Tensor[] StepDiscriminator(Tensor target, Tensor generated, long step, double learningRate)
    {
        var means = MicroBatch.Mean(
            MicroBatch.Split(target, generated, _options.BatchSize),
            part =>
            {
                // Generated images first: batch norms' running statistics depend on the order.
                Tensor realImages = _augment.Of(part.Source, 0, step, 0, part.First),
                    fakeImages = _augment.Of(part.Target, 0, step, 1, part.First);
                var fake = _discriminator.Loss(_discriminator.Logits(fakeImages), real: false);
                var real = _discriminator.Loss(_discriminator.Logits(realImages), real: true);
                _discriminator.AddGame(realImages, fakeImages, real, fake, _options, step, part);
                return [real.detach(), fake.detach()];
            }
        );
        _discriminator.Apply(learningRate);
        return means;
    }

    private Tensor[] StepGenerator(
        IReadOnlyList<MicroBatch> parts,
        Func<MicroBatch, OneSidedImages> translate,
        double learningRate
    )
    {
        Adam[] optimizers = [_generatorOptimizer, .. _tie.Optimizers.Select(named => named.Optimizer)];
        var means = MicroBatch.Mean(
            parts,
            part =>
            {
                var images = translate(part);
                var seen = _augment.Of(images.Translated, 0, images.Step, 2, part.First);
                var logits = _discriminator.Logits(seen, constant: true);
                var game = _discriminator.Loss(logits, real: true).Times((float)_options.AdversarialWeight);
                var ties = _tie.Losses(images);
                Gradients.Add(part.Weigh(game.Plus(_tie.Total(ties))), optimizers);
                return [game.detach(), .. ties.Select(loss => loss.detach())];
            }
        );
        Gradients.Apply(Array.ConvertAll(optimizers, optimizer => (optimizer, learningRate)));
        return means;
    }
}
