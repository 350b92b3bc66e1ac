using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>The step of a regression: one generator, one distance.</summary>
internal sealed class RegressionSession : TrainingSession
{
    private readonly RegressionTrainer.Options _options;
    private readonly GeneratorRole _generator;
    private readonly Adam _optimizer;
    private readonly ReconstructionTerms _terms;
    private Adam? _encoderOptimizer;

    public RegressionSession(RegressionTrainer.Options options, TorchNetwork generator)
    {
        _options = options;
        _generator = new("generator", generator, options.Direction, options.BatchSize);
        _optimizer = new(generator, AdamOptions);
        _terms = new(generator.Device, options);
        Losses =
        [
            LossTerm.Generator(options.Loss == ReconstructionLoss.L1 ? "g_l1" : "g_l2"),
            .. options.StructureWeight > 0 ? [LossTerm.Generator("g_structure")] : Array.Empty<LossTerm>(),
            .. _terms.Terms,
        ];
    }

    public override TrainerKind Trainer => TrainerKind.Regression;

    public override Device Device => _generator.Network.Device;

    public override IReadOnlyList<LossTerm> Losses { get; }

    public override IReadOnlyList<GeneratorRole> Generators => [_generator];

    public override IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        [(_generator.Name, _generator.Network)];

    public override IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        _encoderOptimizer is null
            ? [("generator", _optimizer)]
            : [("generator", _optimizer), ("encoder", _encoderOptimizer)];

    public override IReadOnlyList<string> SampleCaptions => ["source", "generated", "target"];

    private AdamOptions AdamOptions => new(_options.Beta1, _options.Beta2, _options.Epsilon);

    public override Tensor[] Step(Tensor source, Tensor target, long step, double learningRate)
    {
        (Adam Optimizer, double Rate)[] updates = _encoderOptimizer is null
            ? [(_optimizer, learningRate)]
            : [(_optimizer, learningRate), (_encoderOptimizer, learningRate * _options.UnfrozenRate)];
        var means = MicroBatch.Mean(
            MicroBatch.Split(source, target, _options.BatchSize),
            part =>
            {
                var losses = LossesOf(part);
                Gradients.Add(part.Weigh(losses.Sum()), updates.Select(update => update.Optimizer));
                return [.. losses.Select(term => term.detach())];
            }
        );
        Gradients.Apply(updates);
        return means;
    }

    public override IReadOnlyList<RgbImage> SampleRow(Sample sample) =>
        [sample.Source, _generator.Translate(sample), sample.Target];

    public override void BeginEpoch(int epoch)
    {
        if (_options.UnfreezeAfterEpochs is { } wait && epoch >= wait)
            Unfreeze();
    }

    public override void Load(CheckpointReader checkpoint)
    {
        if (checkpoint.HasNumber("encoder.adam.steps"))
            Unfreeze();
    }

    public override void Dispose()
    {
        base.Dispose();
        _terms.Dispose();
    }

    private List<Tensor> LossesOf(MicroBatch part)
    {
        var generated = _generator.Network.Forward(part.Source, ForwardMode.Training);
        var losses = new List<Tensor>
        {
            _options.Loss == ReconstructionLoss.L1
                ? functional.l1_loss(generated, part.Target)
                : functional.mse_loss(generated, part.Target),
        };
        if (_options.StructureWeight > 0)
            losses.Add(StructuralLoss.Of(generated, part.Target).Times((float)_options.StructureWeight));
        losses.AddRange(_terms.Of(generated, part.Target));
        return losses;
    }

    private void Unfreeze()
    {
        if (_encoderOptimizer is not null)
            return;
        var weights = TransferredNetwork.Unfreeze(_generator.Network, _options.UnfreezeBlocks);
        if (weights.Count > 0)
            _encoderOptimizer = new(_generator.Network, AdamOptions, weights);
    }
}
