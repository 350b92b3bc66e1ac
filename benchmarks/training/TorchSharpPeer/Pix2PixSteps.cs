using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>pix2pix: the discriminator learns first, then the generator.</summary>
internal sealed class Pix2PixSteps : TrainingSteps
{
    private readonly UNetGenerator _generator;
    private readonly PatchDiscriminator _discriminator;
    private readonly optim.Optimizer _generatorOptimizer;
    private readonly optim.Optimizer _discriminatorOptimizer;

    public Pix2PixSteps(PeerArguments arguments, Device device)
        : base(arguments.Size, device)
    {
        _generator = Ready(new UNetGenerator(arguments.Depth, arguments.GeneratorFilters), device);
        _discriminator = Ready(new PatchDiscriminator(6, arguments.DiscriminatorFilters, Normalization.Batch), device);
        _generatorOptimizer = Adam(_generator);
        _discriminatorOptimizer = Adam(_discriminator);
    }

    public override ParameterNumbers Parameters => new(Count(_generator), Count(_discriminator));

    protected override void Step(Tensor source, Tensor target)
    {
        var generated = _generator.call(source);

        SetLearning(true, _discriminator);
        _discriminatorOptimizer.zero_grad();
        var fake = GanLoss(_discriminator.call(cat([source, generated.detach()], 1)), real: false);
        var real = GanLoss(_discriminator.call(cat([source, target], 1)), real: true);
        ((fake + real) * 0.5f).backward();
        _discriminatorOptimizer.step();

        SetLearning(false, _discriminator);
        _generatorOptimizer.zero_grad();
        var deception = GanLoss(_discriminator.call(cat([source, generated], 1)), real: true);
        (deception + functional.l1_loss(generated, target) * 100f).backward();
        _generatorOptimizer.step();
    }

    private static Tensor GanLoss(Tensor logits, bool real) =>
        functional.binary_cross_entropy_with_logits(logits, real ? ones_like(logits) : zeros_like(logits));
}
