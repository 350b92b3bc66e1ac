namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What is particular to one kind of training: its networks, its step, its samples. The loop around it
/// (<see cref="TrainingLoop"/>) is the same for all.
/// </summary>
internal abstract class TrainingSession : IDisposable
{
    /// <summary>Which trainer it belongs to.</summary>
    public abstract TrainerKind Trainer { get; }

    /// <summary>Where it computes.</summary>
    public abstract Device Device { get; }

    /// <summary>The losses that <see cref="Step"/> returns, as they are logged.</summary>
    public abstract IReadOnlyList<LossTerm> Losses { get; }

    /// <summary>The generators that come out of the run; the first is the one that is validated.</summary>
    public abstract IReadOnlyList<GeneratorRole> Generators { get; }

    /// <summary>What sides of images have to be multiples of.</summary>
    public int SizeMultiple => Generators.Max(generator => generator.Network.Graph.SizeMultiple);

    /// <summary>The network that a run is described by: the first generator as a whole.</summary>
    public virtual NetworkGraph GeneratorGraph => Generators[0].Network.Graph;

    /// <summary>Whether <see cref="Generators"/> make images of images, so that they can be exported.</summary>
    public virtual bool Exports => true;

    /// <summary>All networks by name, for checkpoints.</summary>
    public abstract IEnumerable<(string Name, TorchNetwork Network)> Networks { get; }

    /// <summary>All optimizers by name, for checkpoints.</summary>
    public abstract IEnumerable<(string Name, Adam Optimizer)> Optimizers { get; }

    /// <summary>
    /// Whether a validation sample's target is what its source should become, so that the two can be compared.
    /// </summary>
    public virtual bool Scores => true;

    /// <summary>Makes one training step.</summary>
    /// <param name="source">Source images [N, C, H, W].</param>
    /// <param name="target">Target images.</param>
    /// <param name="step">Steps made before.</param>
    /// <param name="learningRate">The rate of this step.</param>
    /// <returns>The losses as scalars on the device, in the order of <see cref="Losses"/>, in the current dispose
    /// scope.</returns>
    public abstract Tensor[] Step(Tensor source, Tensor target, long step, double learningRate);

    /// <summary>The images of one row of a sample grid, the source first.</summary>
    public abstract IReadOnlyList<RgbImage> SampleRow(Sample sample);

    /// <summary>The captions over the columns of a sample grid.</summary>
    public abstract IReadOnlyList<string> SampleCaptions { get; }

    /// <summary>
    /// The discriminators' mean loss among logged losses, or null where there is none to watch: near zero for long, the
    /// discriminator has won.
    /// </summary>
    public virtual double? DiscriminatorLoss(IReadOnlyList<float> losses) => null;

    /// <summary>
    /// Fixes the random numbers by which the networks' dropout chooses in a part of a step, whatever was drawn before.
    /// </summary>
    public void SeedDropout(long seed, long step, int part = 0)
    {
        var networks = Networks.Select(named => named.Network).Where(network => network.HasDropout).ToArray();
        var random = new CounterRandom(seed, RandomStream.Dropout, step);
        random.Skip(part * networks.Length);
        foreach (var network in networks)
            network.SeedDropout((long)(random.NextUInt64() >> 1));
    }

    /// <summary>Called before an epoch with the number of epochs finished.</summary>
    public virtual void BeginEpoch(int epoch) { }

    /// <summary>Adds whatever else belongs to a checkpoint.</summary>
    public virtual void Save(CheckpointWriter checkpoint) { }

    /// <summary>Takes it back.</summary>
    public virtual void Load(CheckpointReader checkpoint) { }

    public virtual void Dispose()
    {
        foreach (var (_, optimizer) in Optimizers)
            optimizer.Dispose();
        foreach (var generator in Generators)
            generator.Dispose();
        foreach (var (_, network) in Networks)
            network.Dispose();
    }
}
