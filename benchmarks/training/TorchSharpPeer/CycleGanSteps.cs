using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>CycleGAN: both generators learn first, then both discriminators.</summary>
internal sealed class CycleGanSteps : TrainingSteps
{
    private readonly ResNetGenerator _toTarget;
    private readonly ResNetGenerator _toSource;
    private readonly PatchDiscriminator _targetDiscriminator;
    private readonly PatchDiscriminator _sourceDiscriminator;
    private readonly optim.Optimizer _generatorOptimizer;
    private readonly optim.Optimizer _discriminatorOptimizer;
    private readonly ImagePool _targetPool = new(50);
    private readonly ImagePool _sourcePool = new(50);

    public CycleGanSteps(PeerArguments arguments, Device device)
        : base(arguments.Size, device)
    {
        _toTarget = MakeGenerator();
        _toSource = MakeGenerator();
        _targetDiscriminator = MakeDiscriminator();
        _sourceDiscriminator = MakeDiscriminator();
        _generatorOptimizer = Adam(_toTarget, _toSource);
        _discriminatorOptimizer = Adam(_targetDiscriminator, _sourceDiscriminator);

        ResNetGenerator MakeGenerator() =>
            Ready(new ResNetGenerator(arguments.Depth, arguments.GeneratorFilters), device);

        PatchDiscriminator MakeDiscriminator() =>
            Ready(new PatchDiscriminator(3, arguments.DiscriminatorFilters, Normalization.Instance), device);
    }

    public override ParameterNumbers Parameters => new(Count(_toTarget), Count(_targetDiscriminator));

    protected override void Step(Tensor source, Tensor target)
    {
        var fakeTarget = _toTarget.call(source);
        var fakeSource = _toSource.call(target);

        SetLearning(false, _targetDiscriminator, _sourceDiscriminator);
        _generatorOptimizer.zero_grad();
        GeneratorLoss(source, target, fakeSource, fakeTarget).backward();
        _generatorOptimizer.step();

        SetLearning(true, _targetDiscriminator, _sourceDiscriminator);
        _discriminatorOptimizer.zero_grad();
        Judge(_targetDiscriminator, target, _targetPool.Query(fakeTarget.detach()));
        Judge(_sourceDiscriminator, source, _sourcePool.Query(fakeSource.detach()));
        _discriminatorOptimizer.step();
    }

    private Tensor GeneratorLoss(Tensor source, Tensor target, Tensor fakeSource, Tensor fakeTarget)
    {
        var cycle =
            functional.l1_loss(_toSource.call(fakeTarget), source)
            + functional.l1_loss(_toTarget.call(fakeSource), target);
        var identity =
            functional.l1_loss(_toTarget.call(target), target) + functional.l1_loss(_toSource.call(source), source);
        var deception =
            GanLoss(_targetDiscriminator.call(fakeTarget), real: true)
            + GanLoss(_sourceDiscriminator.call(fakeSource), real: true);
        return deception + cycle * 10f + identity * 5f;
    }

    private static void Judge(PatchDiscriminator discriminator, Tensor real, Tensor fake)
    {
        var loss = GanLoss(discriminator.call(real), real: true) + GanLoss(discriminator.call(fake), real: false);
        (loss * 0.5f).backward();
    }

    private static Tensor GanLoss(Tensor logits, bool real) =>
        functional.mse_loss(logits, real ? ones_like(logits) : zeros_like(logits));
}
