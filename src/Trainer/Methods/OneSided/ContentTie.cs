namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What ties the output of a one-sided translation to its input, so that it is not just any image of the target's kind.
/// </summary>
internal abstract class ContentTie : IDisposable
{
    /// <summary>Its losses, as they are logged.</summary>
    public abstract IReadOnlyList<LossTerm> Terms { get; }

    /// <summary>Networks that learn with the generator, by name.</summary>
    public virtual IEnumerable<(string Name, TorchNetwork Network)> Networks => [];

    /// <summary>Their optimizers.</summary>
    public virtual IEnumerable<(string Name, Adam Optimizer)> Optimizers => [];

    /// <summary>Whether target images are translated as well.</summary>
    public virtual bool TranslatesTargets => false;

    /// <summary>Whether the generator gets mirrored images in a step.</summary>
    public virtual bool Mirrors(long step) => false;

    /// <summary>The losses of a step, in the order of <see cref="Terms"/>, each times its weight.</summary>
    public abstract Tensor[] Losses(OneSidedImages images);

    /// <summary>What the generator minimises beside the adversarial loss.</summary>
    public virtual Tensor Total(Tensor[] losses) => losses.Sum();

    /// <summary>Frees what belongs to no network and no optimizer.</summary>
    public virtual void Dispose() { }
}
