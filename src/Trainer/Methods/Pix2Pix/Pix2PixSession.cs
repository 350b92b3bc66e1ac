using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The pix2pix step (paper, section 3; models/pix2pix_model.py): the discriminator learns first, then the generator.
/// </summary>
internal sealed class Pix2PixSession : TrainingSession
{
    private readonly Pix2PixTrainer.Options _options;
    private readonly TorchNetwork _generator;
    private readonly Adam _generatorOptimizer;
    private readonly MultiScaleDiscriminator _discriminator;
    private readonly ReconstructionTerms _terms;

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
        Generators = [new("generator", generator, options.Direction, options.BatchSize)];
        Losses =
        [
            LossTerm.Discriminator("d_real"),
            LossTerm.Discriminator("d_fake"),
            LossTerm.Generator("g_gan"),
            LossTerm.Generator("g_l1"),
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
        var generated = _generator.Forward(source, ForwardMode.Training);
        var (real, fake) = StepDiscriminator(source, target, generated.detach(), step, learningRate);
        if (_options.SecondGeneratorPass)
            generated = _generator.Forward(source, ForwardMode.Training);
        return [real, fake, .. StepGenerator(source, target, generated, learningRate)];
    }

    public override IReadOnlyList<RgbImage> SampleRow(Sample sample) =>
        [sample.Source, Generators[0].Translate(sample.Source), sample.Target];

    public override double? DiscriminatorLoss(IReadOnlyList<float> losses) =>
        _options.Objective == AdversarialObjective.Wasserstein ? null : (losses[0] + losses[1]) / 2;

    public override void Dispose()
    {
        base.Dispose();
        _discriminator.Dispose();
        _terms.Dispose();
    }

    private (Tensor Real, Tensor Fake) StepDiscriminator(
        Tensor source,
        Tensor target,
        Tensor generated,
        long step,
        double learningRate
    )
    {
        var realPair = torch.cat([source, target], 1);
        var fakePair = torch.cat([source, generated], 1);
        if (_options.SeparateDiscriminatorUpdates)
        {
            var first = _discriminator.Loss(_discriminator.Logits(realPair), real: true);
            _discriminator.Descend(first.Times(0.5), learningRate);
            var second = _discriminator.Loss(_discriminator.Logits(fakePair), real: false);
            _discriminator.Descend(second.Times(0.5), learningRate);
            return (first.detach(), second.detach());
        }
        // The reference runs the generated pair first: batch norms' running statistics depend on the order.
        var fake = _discriminator.Loss(_discriminator.Logits(fakePair), real: false);
        var real = _discriminator.Loss(_discriminator.Logits(realPair), real: true);
        var loss = (fake + real).Times(0.5);
        if (_options.Objective == AdversarialObjective.Wasserstein)
            loss =
                loss
                + GradientPenalty.Of(
                    _discriminator.MeanLogits,
                    realPair,
                    fakePair,
                    _options.GradientPenaltyWeight,
                    new(_options.SeedOrZero, RandomStream.GradientPenalty, step)
                );
        _discriminator.Descend(loss, learningRate);
        return (real.detach(), fake.detach());
    }

    private Tensor[] StepGenerator(Tensor source, Tensor target, Tensor generated, double learningRate)
    {
        var pair = torch.cat([source, generated], 1);
        var losses = new List<Tensor>();
        if (_options.FeatureMatchingWeight > 0)
        {
            var features = _discriminator.Features(pair, constant: true);
            losses.Add(_discriminator.Loss(Array.ConvertAll(features, scale => scale[^1]), real: true));
            losses.Add(functional.l1_loss(generated, target).Times((float)_options.L1Weight));
            losses.Add(
                FeatureMatching
                    .Of(features, TargetFeatures(source, target))
                    .Times((float)_options.FeatureMatchingWeight)
            );
        }
        else
        {
            losses.Add(_discriminator.Loss(_discriminator.Logits(pair, constant: true), real: true));
            losses.Add(functional.l1_loss(generated, target).Times((float)_options.L1Weight));
        }
        losses.AddRange(_terms.Of(generated, target));
        var loss = losses.Aggregate((sum, next) => sum + next);
        Gradients.Descend(loss, (_generatorOptimizer, learningRate));
        return [.. losses.Select(term => term.detach())];
    }

    private Tensor[][] TargetFeatures(Tensor source, Tensor target)
    {
        using var unrecorded = torch.no_grad();
        return _discriminator.Features(torch.cat([source, target], 1), constant: true);
    }
}
