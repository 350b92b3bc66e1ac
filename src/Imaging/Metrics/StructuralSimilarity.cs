namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004, equation 13) of 8-bit images, each channel by itself,
/// averaged over all windows that lie inside the image and over the channels.
/// </summary>
internal static class StructuralSimilarity
{
    private const double C1 = 0.01 * 255 * (0.01 * 255),
        C2 = 0.03 * 255 * (0.03 * 255);

    /// <summary>Radius of the uniform window of 7 and of the Gaussian one (3.5 sigma, rounded).</summary>
    private const int UniformRadius = 3,
        GaussianRadius = 5;

    public static double Compute(RgbImage a, RgbImage b, SsimWindow window)
    {
        var radius = window == SsimWindow.Uniform ? UniformRadius : GaussianRadius;
        var size = 2 * radius + 1;
        if (Math.Min(a.Width, a.Height) < size)
            return double.NaN;
        var weights =
            window == SsimWindow.Uniform ? Enumerable.Repeat(1.0 / size, size).ToArray() : Gaussian(radius, 1.5);
        // scikit-image divides by n - 1 unless told otherwise.
        var covarianceScale = window == SsimWindow.Uniform ? (double)(size * size) / (size * size - 1) : 1;
        return (
                Channel(a, b, 0, weights, covarianceScale)
                + Channel(a, b, 1, weights, covarianceScale)
                + Channel(a, b, 2, weights, covarianceScale)
            ) / 3;
    }

    private static double Channel(RgbImage a, RgbImage b, int channel, double[] weights, double covarianceScale)
    {
        int width = a.Width,
            windowsAcross = width - weights.Length + 1,
            windowsDown = a.Height - weights.Length + 1;
        // Weighted sums down the columns, for x, y, xx, yy, xy; then across.
        var columns = new double[5][];
        for (var m = 0; m < 5; m++)
            columns[m] = new double[width];
        var sum = 0.0;
        for (var top = 0; top < windowsDown; top++)
        {
            foreach (var column in columns)
                Array.Clear(column);
            for (var k = 0; k < weights.Length; k++)
                AddRow(a.Row(top + k), b.Row(top + k), channel, weights[k], columns);
            for (var left = 0; left < windowsAcross; left++)
            {
                double x = 0,
                    y = 0,
                    xx = 0,
                    yy = 0,
                    xy = 0;
                for (var k = 0; k < weights.Length; k++)
                {
                    var weight = weights[k];
                    x += weight * columns[0][left + k];
                    y += weight * columns[1][left + k];
                    xx += weight * columns[2][left + k];
                    yy += weight * columns[3][left + k];
                    xy += weight * columns[4][left + k];
                }
                double varianceX = covarianceScale * (xx - x * x),
                    varianceY = covarianceScale * (yy - y * y),
                    covariance = covarianceScale * (xy - x * y);
                sum += (2 * x * y + C1) * (2 * covariance + C2) / ((x * x + y * y + C1) * (varianceX + varianceY + C2));
            }
        }
        return sum / ((double)windowsAcross * windowsDown);
    }

    private static void AddRow(
        ReadOnlySpan<byte> a,
        ReadOnlySpan<byte> b,
        int channel,
        double weight,
        double[][] columns
    )
    {
        double[] cx = columns[0],
            cy = columns[1],
            cxx = columns[2],
            cyy = columns[3],
            cxy = columns[4];
        for (int i = 0, at = channel; i < cx.Length; i++, at += 3)
        {
            double x = a[at],
                y = b[at];
            cx[i] += weight * x;
            cy[i] += weight * y;
            cxx[i] += weight * x * x;
            cyy[i] += weight * y * y;
            cxy[i] += weight * x * y;
        }
    }

    private static double[] Gaussian(int radius, double sigma)
    {
        var weights = Enumerable
            .Range(-radius, 2 * radius + 1)
            .Select(i => Math.Exp(-0.5 * i * i / (sigma * sigma)))
            .ToArray();
        var sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }
}
