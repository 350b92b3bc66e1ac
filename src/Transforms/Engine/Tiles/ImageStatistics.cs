namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Mean and mean square of every channel before every norm, summed up over tiles by the part of the image that each
/// stands for.
/// </summary>
internal sealed class ImageStatistics(int norms)
{
    private readonly double[]?[] _means = new double[norms][];
    private readonly double[]?[] _squares = new double[norms][];
    private double _weight;

    /// <summary>Begins the next tile.</summary>
    public void AddWeight(double weight) => _weight += weight;

    /// <summary>Adds what one norm of that tile saw.</summary>
    public void Add(int norm, double weight, ReadOnlySpan<float> means, ReadOnlySpan<float> squares)
    {
        var (mean, square) = (_means[norm] ??= new double[means.Length], _squares[norm] ??= new double[means.Length]);
        for (int channel = 0; channel < mean.Length; channel++)
        {
            mean[channel] += weight * means[channel];
            square[channel] += weight * squares[channel];
        }
    }

    /// <summary>The means of the whole image before a norm.</summary>
    public float[] Means(int norm) => Array.ConvertAll(_means[norm]!, sum => (float)(sum / _weight));

    /// <summary>1 / sqrt(variance + epsilon) of the whole image before a norm.</summary>
    public float[] Factors(int norm, float epsilon)
    {
        var (means, squares) = (_means[norm]!, _squares[norm]!);
        var factors = new float[means.Length];
        for (int channel = 0; channel < factors.Length; channel++)
        {
            double mean = means[channel] / _weight,
                variance = Math.Max(0, squares[channel] / _weight - mean * mean);
            factors[channel] = (float)(1 / Math.Sqrt(variance + epsilon));
        }
        return factors;
    }
}
