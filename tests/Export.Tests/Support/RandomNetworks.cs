using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Weights and inputs that are the same at every run.</summary>
internal static class RandomNetworks
{
    public static StateDict Weights(NetworkGraph graph, int seed = 1)
    {
        var random = new Random(seed);
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
        {
            // Weights keep the size of the signal about constant, so that deep networks neither die nor explode.
            double scale =
                parameter.Kind == ParameterKind.Weight
                    ? 1.2 / Math.Sqrt(parameter.Count / (double)Math.Max(parameter.Shape[0], parameter.Shape[1]))
                    : 0.2;
            double offset = parameter.Kind is ParameterKind.NormScale or ParameterKind.RunningVariance ? 1 : 0;
            var values = new float[parameter.Count];
            for (int i = 0; i < values.Length; i++)
            {
                double normal =
                    random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2;
                values[i] = (float)(offset + scale * 1.7 * normal);
            }
            if (parameter.Kind == ParameterKind.RunningVariance)
                for (int i = 0; i < values.Length; i++)
                    values[i] = Math.Abs(values[i]) + 0.1f;
            weights[parameter.Name] = new(parameter.Shape, values);
        }
        return weights;
    }

    public static float[] Input(int count, int seed = 7)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextSingle() * 2 - 1;
        return values;
    }

    public static byte[] Bytes(int count, int seed = 7)
    {
        var values = new byte[count];
        new Random(seed).NextBytes(values);
        return values;
    }
}
