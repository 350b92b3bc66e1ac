using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Runs the layers of a graph one after another and lets go of every intermediate tensor after its last reader.
/// </summary>
internal sealed class GraphExecution : IDisposable
{
    private readonly NetworkGraph _graph;
    private readonly LayerExecution _layers;
    private readonly Dictionary<string, int> _lastReader = [];
    private readonly HashSet<string> _overwritesInput = [];

    public GraphExecution(
        NetworkGraph graph,
        IReadOnlyDictionary<string, NetworkWeight> weights,
        TrainingPrecision precision,
        DropoutNoise noise
    )
    {
        _graph = graph;
        _layers = new(weights, precision, noise);
        var readers = new Dictionary<string, int>();
        for (int i = 0; i < graph.Layers.Length; i++)
            foreach (string input in graph.Layers[i].Inputs)
            {
                _lastReader[input] = i;
                readers[input] = readers.GetValueOrDefault(input) + 1;
            }
        foreach (var layer in graph.Layers.OfType<ActivationLayer>())
            if (
                layer.Kind is ActivationKind.Relu or ActivationKind.LeakyRelu
                && readers[layer.Inputs[0]] == 1
                && MayBeOverwritten(layer.Inputs[0])
            )
                _overwritesInput.Add(layer.Name);
    }

    /// <summary>The outputs of the layers named, then of the last layer.</summary>
    public Tensor[] Run(Tensor input, ForwardMode mode, bool constant, IReadOnlyList<string> wanted) =>
        RunUntil(input, mode, constant, [.. wanted, _graph.Layers[^1].Name]);

    /// <summary>The outputs of the layers named; layers after the last of them are not run.</summary>
    public Tensor[] RunUntil(Tensor input, ForwardMode mode, bool constant, IReadOnlyList<string> wanted)
    {
        var values = new Dictionary<string, Tensor> { [NetworkGraph.InputName] = input };
        var keep = new HashSet<string>(wanted) { NetworkGraph.InputName };
        for (int i = 0, missing = keep.Count - 1; missing > 0; i++)
        {
            var layer = _graph.Layers[i];
            bool overwrite = _overwritesInput.Contains(layer.Name) && !keep.Contains(layer.Inputs[0]);
            var output = _layers.Run(layer, values, mode, constant, overwrite);
            values.Add(layer.Name, output);
            if (keep.Contains(layer.Name))
                missing--;
            foreach (string name in layer.Inputs)
                if (
                    _lastReader[name] == i
                    && !keep.Contains(name)
                    && values.Remove(name, out var value)
                    && !ReferenceEquals(value, output)
                )
                    value.Dispose();
        }
        return [.. wanted.Select(name => values[name])];
    }

    /// <inheritdoc cref="TorchNetwork.SeedDropout"/>
    public void SeedDropout(long seed) => _layers.Noise.Seed(seed);

    public void Dispose() => _layers.Dispose();

    // Convolutions, norms, sums and dense layers do not need their own output for the backward pass; other layers may.
    private bool MayBeOverwritten(string name) =>
        name != NetworkGraph.InputName
        && _graph[name] is KernelLayer or NormalizationLayer or AdditionLayer or ConcatenationLayer or DenseLayer;
}
