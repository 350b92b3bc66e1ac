using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Initial weights as the reference has them (models/networks.py, init_weights): convolution and dense weights by the
/// kind, biases 0, norm scales N(1, gain), norm shifts 0. The numbers come from <see cref="CounterRandom"/>: the same
/// on every device.
/// </summary>
internal static class WeightInitializer
{
    /// <summary>Makes initial weights for a network.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="kind">The distribution.</param>
    /// <param name="gain">Its scale; the papers' is 0.02.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Which network of the run this is.</param>
    public static StateDict Create(
        NetworkGraph graph,
        InitializationKind kind = InitializationKind.Normal,
        double gain = 0.02,
        long seed = 0,
        RandomStream stream = RandomStream.Generator
    )
    {
        var state = new StateDict();
        int number = 0;
        foreach (var spec in graph.Parameters)
        {
            var values = new float[spec.Count];
            switch (spec.Kind)
            {
                case ParameterKind.Weight:
                    CounterRandom.Normal(seed, stream, number, values);
                    Shape(spec, values, kind, gain);
                    break;
                case ParameterKind.NormScale:
                    CounterRandom.Normal(seed, stream, number, values);
                    for (int i = 0; i < values.Length; i++)
                        values[i] = (float)(1 + gain * values[i]);
                    break;
                case ParameterKind.RunningVariance:
                    Array.Fill(values, 1);
                    break;
            }
            state[spec.Name] = new(spec.Shape, values);
            number++;
        }
        return state;
    }

    private static void Shape(ParameterSpec spec, float[] values, InitializationKind kind, double gain)
    {
        // PyTorch's fans: the second dimension is "in", the first "out", for transposed convolutions too.
        long area = spec.Shape.Skip(2).Aggregate(1L, (product, side) => product * side);
        long fanIn = spec.Shape[1] * area,
            fanOut = spec.Shape[0] * area;
        if (kind == InitializationKind.Orthogonal)
        {
            Orthogonalization.Rows(values, spec.Shape[0], (int)fanIn, gain);
            return;
        }
        double deviation = kind switch
        {
            InitializationKind.Xavier => gain * Math.Sqrt(2.0 / (fanIn + fanOut)),
            InitializationKind.Kaiming => Math.Sqrt(2.0 / fanIn),
            _ => gain,
        };
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(deviation * values[i]);
    }
}
