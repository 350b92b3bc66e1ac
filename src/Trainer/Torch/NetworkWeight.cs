namespace MlNetImageTranslation.Trainer;

/// <summary>One tensor of weights of a <see cref="TorchNetwork"/>.</summary>
internal sealed class NetworkWeight
{
    internal NetworkWeight(ParameterSpec spec, long offset, Tensor value, Tensor constant) =>
        (Spec, Offset, Value, Constant, IsTrained) = (spec, offset, value, constant, spec.Trainable);

    /// <summary>Name, shape and role.</summary>
    public ParameterSpec Spec { get; }

    /// <summary>
    /// Whether training changes the weight: at first those of frozen layers and running statistics are not trained.
    /// </summary>
    public bool IsTrained { get; internal set; }

    /// <summary>Where the weight begins in the network's flat storage, in values.</summary>
    internal long Offset { get; }

    /// <summary>The values; a leaf of autograd that requires a gradient unless it is a running statistic.</summary>
    public Tensor Value { get; }

    /// <summary>
    /// The same memory as <see cref="Value"/>, a constant to autograd: for steps in which the network is not trained.
    /// </summary>
    internal Tensor Constant { get; }
}
