using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>
/// A VGG16 that has learned nothing: normal weights by He et al. 2015, biases of 0. Such features describe textures
/// (Ustyuzhaninov et al. 2016) and images (He, Wang and Hopcroft 2016) well enough to make them again.
/// </summary>
internal static class RandomVgg16
{
    /// <summary>Writes a safetensors file under torchvision's names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seed">Decides the weights.</param>
    /// <returns>The file.</returns>
    public static string Write(string path, int seed)
    {
        var random = new Random(seed);
        var weights = new StateDict();
        foreach (var spec in NetworkCatalog.Create("vgg16").Parameters)
        {
            var values = new float[spec.Count];
            if (spec.Kind == ParameterKind.Weight)
            {
                double deviation = Math.Sqrt(2.0 * spec.Shape[0] / spec.Count);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(deviation * Normal(random));
                }
            }

            weights[spec.Name] = new(spec.Shape, values);
        }

        weights.Write(path, flushToDisk: false);
        return path;
    }

    // Box and Muller 1958.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
