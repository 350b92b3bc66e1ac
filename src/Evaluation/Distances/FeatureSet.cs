namespace MlNetImageTranslation.Evaluation;

/// <summary>Feature vectors of images, all of one length, kept in single precision (4 bytes a number).</summary>
internal sealed class FeatureSet
{
    private readonly List<float[]> _vectors = [];

    /// <summary>Numbers of vectors.</summary>
    public int Count => _vectors.Count;

    /// <summary>The length of each vector; 0 while there is none.</summary>
    public int Dimension => _vectors.Count == 0 ? 0 : _vectors[0].Length;

    /// <summary>One vector.</summary>
    public ReadOnlySpan<float> this[int index] => _vectors[index];

    /// <summary>Appends a copy of a vector.</summary>
    /// <exception cref="ArgumentException">It is empty, has another length than those before, or holds what is no
    /// finite number.</exception>
    public void Add(ReadOnlySpan<float> vector)
    {
        if (vector.IsEmpty || (Count > 0 && vector.Length != Dimension))
            throw new ArgumentException(
                $"Expected a feature vector of {(Count == 0 ? "at least 1" : Dimension)} numbers; got {vector.Length}.",
                nameof(vector)
            );
        foreach (var value in vector)
            if (!float.IsFinite(value))
                throw new ArgumentException(
                    $"A feature vector holds {value}; expected finite numbers.",
                    nameof(vector)
                );
        _vectors.Add(vector.ToArray());
    }

    /// <summary>The mean vector.</summary>
    /// <exception cref="InvalidOperationException">There is no vector.</exception>
    public double[] Mean()
    {
        if (Count == 0)
            throw new InvalidOperationException("The mean of no feature vectors is not defined.");
        var mean = new double[Dimension];
        foreach (var vector in _vectors)
            for (int i = 0; i < mean.Length; i++)
                mean[i] += vector[i];
        for (int i = 0; i < mean.Length; i++)
            mean[i] /= Count;
        return mean;
    }

    /// <summary>The sample covariance (divided by <see cref="Count"/> - 1), as numpy.cov gives it.</summary>
    /// <exception cref="InvalidOperationException">There are fewer than two vectors.</exception>
    public double[,] Covariance()
    {
        CheckCovariance();
        var mean = Mean();
        int n = Dimension;
        var rows = new double[n][];
        for (int i = 0; i < n; i++)
            rows[i] = new double[n - i];
        // Blocks of vectors keep the centred numbers in cache while each row of the triangle is updated.
        foreach (var block in _vectors.Chunk(64))
        {
            var centred = Array.ConvertAll(block, vector => vector.Select((value, i) => value - mean[i]).ToArray());
            Parallel.For(
                0,
                n,
                i =>
                {
                    var row = rows[i].AsSpan();
                    foreach (var vector in centred)
                        RowMath.Add(row, vector[i], vector.AsSpan(i), 0, vector.AsSpan(i));
                }
            );
        }
        var covariance = new double[n, n];
        for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++)
            covariance[i, j] = covariance[j, i] = rows[i][j - i] / (Count - 1);
        return covariance;
    }

    /// <summary>
    /// The vectors less their mean, divided by the root of <see cref="Count"/> - 1: their products sum to the
    /// covariance.
    /// </summary>
    internal double[][] Centred(double[] mean)
    {
        CheckCovariance();
        double scale = 1 / Math.Sqrt(Count - 1);
        return [.. _vectors.Select(vector => vector.Select((value, i) => (value - mean[i]) * scale).ToArray())];
    }

    private void CheckCovariance()
    {
        if (Count < 2)
            throw new InvalidOperationException($"A covariance needs at least 2 feature vectors; got {Count}.");
    }
}
