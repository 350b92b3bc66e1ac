using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The pix2pix step (paper, section 3; models/pix2pix_model.py): the discriminator learns first, then the generator.
/// </summary>
internal sealed class Pix2PixSession : TrainingSession
{
    // The looks that the discriminator takes in a step.
    private const int RealPass = 0;
    private const int GeneratedPass = 1;
    private const int GeneratorPass = 2;

    private readonly Pix2PixTrainer.Options _options;
    private readonly TorchNetwork _generator;
    private readonly Adam _generatorOptimizer;
    private readonly MultiScaleDiscriminator _discriminator;
    private readonly ReconstructionTerms _terms;
    private readonly DiffAugment _augment;
    private readonly LabelPlanesLayer? _labels;

    public Pix2PixSession(
        Pix2PixTrainer.Options options,
        TorchNetwork generator,
        IReadOnlyList<TorchNetwork> discriminators
    )
    {
        (_options, _generator) = (options, generator);
        var adam = new AdamOptions(options.Beta1, options.Beta2, options.Epsilon);
        _generatorOptimizer = new(generator, adam);
        _discriminator = new("discriminator", discriminators, options.Objective, adam);
        _terms = new(generator.Device, options);
        _labels = options.CreateLabels();
        _augment = new(options.DiscriminatorAugmentation, options.SeedOrZero);
        Generators = [new("generator", generator, options.Direction, options.BatchSize)];
        Losses =
        [
            LossTerm.Discriminator("d_real"),
            LossTerm.Discriminator("d_fake"),
            LossTerm.Generator("g_gan"),
            .. options.L1Weight > 0 ? [LossTerm.Generator("g_l1")] : Array.Empty<LossTerm>(),
            .. options.FeatureMatchingWeight > 0 ? [LossTerm.Generator("g_features")] : Array.Empty<LossTerm>(),
            .. _terms.Terms,
        ];
    }

    public override TrainerKind Trainer => TrainerKind.Pix2Pix;

    public override Device Device => _generator.Device;

    public override IReadOnlyList<LossTerm> Losses { get; }

    public override IReadOnlyList<GeneratorRole> Generators { get; }

    public override IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        [("generator", _generator), .. _discriminator.Networks];

    public override IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        [("generator", _generatorOptimizer), .. _discriminator.Optimizers];

    public override IReadOnlyList<string> SampleCaptions => ["source", "generated", "target"];

    public override Tensor[] Step(Tensor source, Tensor target, long step, double learningRate)
    {
        var parts = MicroBatch.Split(source, target, _options.BatchSize);
        // What is kept for the generator's update takes memory: of several parts none is, and they are made again.
        var generated = parts.Count == 1 ? _generator.Forward(source, ForwardMode.Training) : null;
        var game = StepDiscriminator(parts, generated?.detach(), step, learningRate);
        if (generated is not null && _options.SecondGeneratorPass)
            generated = _generator.Forward(source, ForwardMode.Training);
        return [.. game, .. StepGenerator(parts, generated, step, learningRate)];
    }

    public override IReadOnlyList<RgbImage> SampleRow(Sample sample) =>
        [sample.Source, Generators[0].Translate(sample), sample.Target];

    public override double? DiscriminatorLoss(IReadOnlyList<float> losses) =>
        _options.Objective == AdversarialObjective.Wasserstein ? null : (losses[0] + losses[1]) / 2;

    public override void Dispose()
    {
        base.Dispose();
        _discriminator.Dispose();
        _terms.Dispose();
    }

    /// <summary>The discriminator's losses of real and generated images.</summary>
    private Tensor[] StepDiscriminator(
        IReadOnlyList<MicroBatch> parts,
        Tensor? generated,
        long step,
        double learningRate
    )
    {
        if (_options.SeparateDiscriminatorUpdates)
        {
            var real = Update(part =>
                _discriminator.Loss(_discriminator.Logits(RealPair(part, step, RealPass)), real: true)
            );
            var fake = Update(part => _discriminator.Loss(_discriminator.Logits(FakePair(part)), real: false));
            return [real, fake];
        }
        var losses = MicroBatch.Mean(parts, part => AddGame(part, FakePair(part), step));
        _discriminator.Apply(learningRate);
        return losses;

        Tensor Update(Func<MicroBatch, Tensor> judge)
        {
            var mean = MicroBatch.Mean(
                parts,
                part =>
                {
                    var loss = judge(part);
                    _discriminator.Add(part.Weigh(loss.Times(0.5)));
                    return [loss.detach()];
                }
            );
            _discriminator.Apply(learningRate);
            return mean[0];
        }

        Tensor FakePair(MicroBatch part) => Pair(part, generated ?? GenerateConstant(part, step), step, GeneratedPass);
    }

    // Adds to the discriminator's gradients.
    private Tensor[] AddGame(MicroBatch part, Tensor fakePair, long step)
    {
        var realPair = RealPair(part, step, RealPass);
        // The reference runs the generated pair first: batch norms' running statistics depend on the order.
        var fake = _discriminator.Loss(_discriminator.Logits(fakePair), real: false);
        var real = _discriminator.Loss(_discriminator.Logits(realPair), real: true);
        _discriminator.AddGame(realPair, fakePair, real, fake, _options, step, part);
        return [real.detach(), fake.detach()];
    }

    private Tensor GenerateConstant(MicroBatch part, long step)
    {
        using var unrecorded = torch.no_grad();
        SeedDropout(_options.SeedOrZero, step, part.Number);
        return _generator.Forward(part.Source, ForwardMode.Rehearsal);
    }

    private Tensor[] StepGenerator(IReadOnlyList<MicroBatch> parts, Tensor? generated, long step, double learningRate)
    {
        var means = MicroBatch.Mean(
            parts,
            part =>
            {
                var losses = GeneratorLosses(part, generated ?? Generate(part), step);
                Gradients.Add(part.Weigh(losses.Sum()), [_generatorOptimizer]);
                return [.. losses.Select(term => term.detach())];
            }
        );
        Gradients.Apply((_generatorOptimizer, learningRate));
        return means;

        // The image that the discriminator saw, or one with fresh dropout.
        Tensor Generate(MicroBatch part)
        {
            int seed = _options.SecondGeneratorPass ? parts.Count + part.Number : part.Number;
            SeedDropout(_options.SeedOrZero, step, seed);
            return _generator.Forward(part.Source, ForwardMode.Training);
        }
    }

    private List<Tensor> GeneratorLosses(MicroBatch part, Tensor generated, long step)
    {
        var pair = Pair(part, generated, step, GeneratorPass);
        var losses = new List<Tensor>();
        var features = _options.FeatureMatchingWeight > 0 ? _discriminator.Features(pair, constant: true) : null;
        var logits = features is null
            ? _discriminator.Logits(pair, constant: true)
            : Array.ConvertAll(features, scale => scale[^1]);
        losses.Add(_discriminator.Loss(logits, real: true));
        if (_options.L1Weight > 0)
            losses.Add(functional.l1_loss(generated, part.Target).Times((float)_options.L1Weight));
        if (features is not null)
            losses.Add(
                FeatureMatching.Of(features, TargetFeatures(part, step)).Times((float)_options.FeatureMatchingWeight)
            );
        losses.AddRange(_terms.Of(generated, part.Target));
        return losses;
    }

    private Tensor[][] TargetFeatures(MicroBatch part, long step)
    {
        using var unrecorded = torch.no_grad();
        // Changed as the generated image is, so that features are compared place by place.
        return _discriminator.Features(RealPair(part, step, GeneratorPass), constant: true);
    }

    private Tensor RealPair(MicroBatch part, long step, int pass) => Pair(part, part.Target, step, pass);

    // What the discriminator sees.
    private Tensor Pair(MicroBatch part, Tensor image, long step, int pass) =>
        Pair(_labels is null ? part.Source : LabelPlanes.Of(_labels, part.Source), image, part, step, pass);

    private Tensor Pair(Tensor condition, Tensor image, MicroBatch part, long step, int pass) =>
        _augment.Of(torch.cat([condition, image], 1), (int)condition.shape[1], step, pass, part.First);
}
