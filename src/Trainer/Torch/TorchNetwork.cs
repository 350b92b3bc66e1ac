using System.Runtime.InteropServices;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A <see cref="NetworkGraph"/> with weights that torch can run and differentiate. Weights are explicit tensors, all in
/// one flat piece of memory, so that an optimizer or an average over weights is one pass.
/// </summary>
internal sealed class TorchNetwork : IDisposable
{
    /// <summary>Weights start at multiples of this many values (64 bytes).</summary>
    private const int Alignment = 16;

    private readonly Dictionary<string, NetworkWeight> _weights = [];
    private readonly GraphExecution _execution;

    /// <summary>Puts a network with these weights on a device.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">All its weights; they are copied.</param>
    /// <param name="device">CPU where null.</param>
    /// <param name="precision">What convolutions and dense layers are computed in by
    /// <see cref="ForwardMode.Training"/>.</param>
    /// <exception cref="ArgumentException">The weights do not fit the network; the message lists by name what is
    /// missing or of another shape.</exception>
    public TorchNetwork(
        NetworkGraph graph,
        StateDict weights,
        Device? device = null,
        TrainingPrecision precision = TrainingPrecision.Float32
    )
    {
        weights.Check(graph);
        (Graph, Device) = (graph, device ?? new Device(DeviceType.CPU));
        var specs = graph.Parameters.ToArray();
        long length = specs.Sum(spec => Aligned(spec.Count));
        Flat = torch.zeros([length], dtype: torch.ScalarType.Float32, device: Device).DetachFromDisposeScope();
        using var scope = torch.NewDisposeScope();
        long offset = 0;
        foreach (var spec in specs)
        {
            var shape = spec.Shape.Select(side => (long)side).ToArray();
            var slice = Flat.narrow(0, offset, spec.Count).view(shape);
            var value = slice.detach().requires_grad_(!spec.IsStatistic).DetachFromDisposeScope();
            _weights.Add(spec.Name, new(spec, offset, value, slice.detach().DetachFromDisposeScope()));
            offset += Aligned(spec.Count);
        }
        _execution = new(graph, _weights, precision, new DropoutNoise(Device.type));
        Load(weights);
    }

    /// <summary>What the network is.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>Where its weights are.</summary>
    public Device Device { get; }

    /// <summary>All weights in the graph's order, running statistics included.</summary>
    public IReadOnlyCollection<NetworkWeight> Weights => _weights.Values;

    /// <summary>
    /// The weights that training changes, in the graph's order (see <see cref="NetworkWeight.IsTrained"/>).
    /// </summary>
    public IEnumerable<NetworkWeight> Trainable => _weights.Values.Where(weight => weight.IsTrained);

    /// <summary>All weights in one row, each at its <see cref="NetworkWeight.Offset"/>, zeros between them.</summary>
    internal Tensor Flat { get; }

    /// <summary>Whether training draws random numbers inside the network.</summary>
    public bool HasDropout => Graph.Layers.Any(layer => layer is DropoutLayer { Probability: > 0 });

    /// <summary>
    /// Whether a training pass leaves nothing behind: no random number is drawn and no running statistic changes, so that
    /// two passes may be made at the same time.
    /// </summary>
    public bool IsStateless =>
        !HasDropout
        && !Graph.Layers.Any(layer => layer is NormalizationLayer { Kind: NormalizationKind.Batch, Frozen: false });

    /// <summary>
    /// Fixes the random numbers by which the next forward passes drop values. On the CPU every network has a generator
    /// of its own; TorchSharp makes none for a GPU, where all networks of the process share libtorch's.
    /// </summary>
    public void SeedDropout(long seed) => _execution.SeedDropout(seed);

    /// <summary>Runs the network.</summary>
    /// <param name="input">float32 [N, channels, height, width] on the network's device.</param>
    /// <param name="mode">Where norms take their statistics from, and whether dropout is on.</param>
    /// <param name="constant">True where no gradient for the weights is wanted; gradients for the input flow all the
    /// same.</param>
    /// <returns>The output, a new tensor in the current dispose scope.</returns>
    public Tensor Forward(Tensor input, ForwardMode mode, bool constant = false) =>
        _execution.Run(input, mode, constant, [])[^1];

    /// <summary>Runs the network and returns the outputs of some layers beside its own.</summary>
    /// <param name="input">As for <see cref="Forward"/>.</param>
    /// <param name="mode">As for <see cref="Forward"/>.</param>
    /// <param name="layers">Names of layers.</param>
    /// <param name="constant">As for <see cref="Forward"/>.</param>
    /// <returns>One tensor for every name, then the network's output.</returns>
    public Tensor[] ForwardWithLayers(
        Tensor input,
        ForwardMode mode,
        IReadOnlyList<string> layers,
        bool constant = false
    ) => _execution.Run(input, mode, constant, layers);

    /// <summary>Runs the network up to the last of some layers, and returns their outputs only.</summary>
    /// <param name="input">As for <see cref="Forward"/>.</param>
    /// <param name="mode">As for <see cref="Forward"/>.</param>
    /// <param name="layers">Names of layers.</param>
    /// <param name="constant">As for <see cref="Forward"/>.</param>
    /// <returns>One tensor for every name.</returns>
    internal Tensor[] Encode(Tensor input, ForwardMode mode, IReadOnlyList<string> layers, bool constant = false) =>
        _execution.RunUntil(input, mode, constant, layers);

    /// <summary>Copies the weights to main memory.</summary>
    public StateDict Export() => Export(Flat);

    /// <summary>
    /// The weights as another flat tensor of the same layout has them (an average over time, a moment of Adam).
    /// </summary>
    internal StateDict Export(Tensor flat)
    {
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        var memory = MemoryMarshal.Cast<byte, float>(flat.cpu().bytes);
        var state = new StateDict();
        foreach (var (name, weight) in _weights)
            state[name] = new(weight.Spec.Shape, memory.Slice((int)weight.Offset, (int)weight.Spec.Count).ToArray());
        return state;
    }

    /// <summary>Replaces all weights by copies of these.</summary>
    /// <exception cref="ArgumentException">They do not fit the network.</exception>
    public void Load(StateDict weights) => Load(weights, Flat);

    /// <summary>Fills another flat tensor of the same layout.</summary>
    internal void Load(StateDict weights, Tensor flat)
    {
        weights.Check(Graph);
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        var staging =
            flat.device_type == DeviceType.CPU ? flat : torch.zeros([flat.shape[0]], dtype: torch.ScalarType.Float32);
        var memory = MemoryMarshal.Cast<byte, float>(staging.bytes);
        foreach (var (name, weight) in _weights)
            weights[name].Values.CopyTo(memory[(int)weight.Offset..]);
        if (!ReferenceEquals(staging, flat))
            flat.copy_(staging);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (var weight in _weights.Values)
        {
            weight.Value.Dispose();
            weight.Constant.Dispose();
        }
        _execution.Dispose();
        Flat.Dispose();
    }

    private static long Aligned(long count) => (count + Alignment - 1) / Alignment * Alignment;
}
