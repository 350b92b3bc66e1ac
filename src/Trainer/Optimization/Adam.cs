using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Adam (Kingma and Ba, 2015, algorithm 1), equal to torch.optim.Adam to rounding, in one pass over weights, gradients
/// and moments: in SIMD on the CPU, over one flat tensor on a GPU.
/// </summary>
internal sealed class Adam : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly AdamOptions _options;
    private readonly NetworkWeight[] _weights;
    private readonly Tensor _first,
        _second;
    private readonly FlatGradient? _flatGradient;

    /// <summary>Begins with zero moments.</summary>
    /// <param name="network">The network whose weights are updated in place.</param>
    /// <param name="options">The constants.</param>
    /// <param name="weights">The weights to update; all trainable ones where null.</param>
    public Adam(TorchNetwork network, AdamOptions options, IEnumerable<NetworkWeight>? weights = null)
    {
        (_network, _options) = (network, options);
        _weights = (weights ?? network.Trainable).OrderBy(weight => weight.Offset).ToArray();
        Weights = _weights.Select(weight => weight.Value).ToArray();
        _first = torch.zeros_like(network.Flat).DetachFromDisposeScope();
        _second = torch.zeros_like(network.Flat).DetachFromDisposeScope();
        if (network.Device.type != DeviceType.CPU)
            _flatGradient = new(network, _weights);
    }

    /// <summary>
    /// The weights, in the order in which <see cref="Step"/> wants their gradients: the inputs for torch.autograd.grad.
    /// </summary>
    public IList<Tensor> Weights { get; }

    /// <summary>Updates made so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Makes one update.</summary>
    /// <param name="gradients">One for every weight, in order.</param>
    /// <param name="learningRate">The rate of this update.</param>
    public void Step(IList<Tensor> gradients, double learningRate)
    {
        Steps++;
        var step = AdamStep.Create(_options, learningRate, Steps);
        using var unrecorded = torch.no_grad();
        if (_flatGradient is null)
            AdamKernel.Run(_weights, gradients, _network.Flat, _first, _second, step);
        else
            StepFlat(_flatGradient, gradients, step);
    }

    /// <summary>The means of gradients, to be stored under the weights' names.</summary>
    internal StateDict ExportFirstMoment() => _network.Export(_first);

    /// <summary>The means of squared gradients, to be stored under the weights' names.</summary>
    internal StateDict ExportSecondMoment() => _network.Export(_second);

    /// <summary>Goes on from stored moments.</summary>
    internal void Restore(StateDict first, StateDict second, long steps)
    {
        _network.Load(first, _first);
        _network.Load(second, _second);
        Steps = steps;
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _flatGradient?.Dispose();
    }

    private void StepFlat(FlatGradient flat, IList<Tensor> gradients, AdamStep step)
    {
        using var scope = torch.NewDisposeScope();
        var gradient = flat.Join(gradients);
        Tensor first = flat.Region(_first),
            second = flat.Region(_second),
            weights = flat.Region(_network.Flat);
        // Held until the calls return: see NumberArithmetic.
        using var beta1 = step.Beta1.ToScalar();
        using var oneMinusBeta1 = step.OneMinusBeta1.ToScalar();
        using var beta2 = step.Beta2.ToScalar();
        using var oneMinusBeta2 = step.OneMinusBeta2.ToScalar();
        using var secondCorrection = step.SecondCorrection.ToScalar();
        using var epsilon = step.Epsilon.ToScalar();
        using var size = (-step.StepSize).ToScalar();
        first.mul_(beta1).add_(gradient, oneMinusBeta1);
        second.mul_(beta2).addcmul_(gradient, gradient, oneMinusBeta2);
        var denominator = second.sqrt().div_(secondCorrection).add_(epsilon);
        weights.addcdiv_(first, denominator, size);
    }
}
