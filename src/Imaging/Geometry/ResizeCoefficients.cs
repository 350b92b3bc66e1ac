namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Which source samples make each result sample of one axis, with fixed-point weights. Follows the published resampling
/// of Pillow (src/libImaging/Resample.c): weights normalised in double precision, then rounded to 22 fractional bits.
/// </summary>
internal sealed class ResizeCoefficients
{
    /// <summary>Fractional bits of a weight: 32 less 8 for the sample and 2 for overshoot.</summary>
    public const int PrecisionBits = 22;

    private ResizeCoefficients(int[] starts, int[] counts, int[] weights, int stride)
    {
        Starts = starts;
        Counts = counts;
        Weights = weights;
        Stride = stride;
    }

    /// <summary>First source sample of each result sample.</summary>
    public int[] Starts { get; }

    /// <summary>Number of source samples of each result sample.</summary>
    public int[] Counts { get; }

    /// <summary><see cref="Stride"/> weights for each result sample.</summary>
    public int[] Weights { get; }

    public int Stride { get; }

    public static ResizeCoefficients Create(int sourceSize, int targetSize, ResizeFilter filter)
    {
        var scale = (double)sourceSize / targetSize;
        var filterScale = Math.Max(scale, 1.0);
        var support = Support(filter) * filterScale;
        var stride = (int)Math.Ceiling(support) * 2 + 1;
        var starts = new int[targetSize];
        var counts = new int[targetSize];
        var weights = new int[(long)targetSize * stride];
        var kernel = new double[stride];
        for (var i = 0; i < targetSize; i++)
        {
            var center = (i + 0.5) * scale;
            var first = Math.Max((int)(center - support + 0.5), 0);
            var count = Math.Min((int)(center + support + 0.5), sourceSize) - first;
            var sum = 0.0;
            for (var k = 0; k < count; k++)
                sum += kernel[k] = Kernel(filter, (k + first - center + 0.5) * (1.0 / filterScale));
            for (var k = 0; k < count; k++)
            {
                var weight = (sum != 0 ? kernel[k] / sum : kernel[k]) * (1 << PrecisionBits);
                weights[i * stride + k] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
            }
            starts[i] = first;
            counts[i] = count;
        }
        return new ResizeCoefficients(starts, counts, weights, stride);
    }

    private static double Support(ResizeFilter filter) =>
        filter switch
        {
            ResizeFilter.Box => 0.5,
            ResizeFilter.Bilinear => 1,
            ResizeFilter.Bicubic => 2,
            ResizeFilter.Lanczos => 3,
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a filter with weights."),
        };

    private static double Kernel(ResizeFilter filter, double x)
    {
        if (filter == ResizeFilter.Box)
            return x is > -0.5 and <= 0.5 ? 1 : 0;
        if (filter == ResizeFilter.Lanczos)
            return x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0;
        x = Math.Abs(x);
        if (filter == ResizeFilter.Bilinear)
            return x < 1 ? 1 - x : 0;
        const double a = -0.5;
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
            : x < 2 ? (((x - 5) * x + 8) * x - 4) * a
            : 0;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
