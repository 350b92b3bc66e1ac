namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Smooth random values in about [-1, 1] for every pixel of a raster: random lattice values, interpolated.
/// </summary>
internal static class NoiseField
{
    /// <param name="random">Source of the lattice values.</param>
    /// <param name="size">Side of the square raster in pixels.</param>
    /// <param name="period">Distance of lattice points in pixels, at least 1.</param>
    public static float[] Create(SceneRandom random, int size, float period)
    {
        var nodes = (int)(size / period) + 3;
        var lattice = new float[nodes * nodes];
        for (var i = 0; i < lattice.Length; i++)
            lattice[i] = random.Next(-1f, 1f);
        float offsetX = random.Next(),
            offsetY = random.Next();
        var columns = new (int Node, float Share)[size];
        for (var x = 0; x < size; x++)
            columns[x] = At(x / period + offsetX);
        var field = new float[size * size];
        for (var y = 0; y < size; y++)
        {
            var (row, down) = At(y / period + offsetY);
            var above = lattice.AsSpan(row * nodes, nodes);
            var below = lattice.AsSpan((row + 1) * nodes, nodes);
            for (var x = 0; x < size; x++)
            {
                var (node, right) = columns[x];
                var a = above[node] + (above[node + 1] - above[node]) * right;
                var b = below[node] + (below[node + 1] - below[node]) * right;
                field[y * size + x] = a + (b - a) * down;
            }
        }
        return field;
    }

    /// <summary>
    /// Several octaves, each of half the period and <paramref name="gain"/> times the strength of the one before.
    /// </summary>
    public static float[] CreateFractal(SceneRandom random, int size, float period, int octaves, float gain = 0.5f)
    {
        var sum = Create(random, size, period);
        var strength = gain;
        for (var octave = 1; octave < octaves; octave++, strength *= gain)
        {
            period = Math.Max(1f, period / 2);
            var next = Create(random, size, period);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += strength * next[i];
        }
        return sum;
    }

    private static (int Node, float Share) At(float position)
    {
        var node = (int)position;
        var share = position - node;
        return (node, share * share * (3 - 2 * share));
    }
}
