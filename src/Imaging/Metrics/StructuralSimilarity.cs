using System.Numerics.Tensors;

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
        // Weighted sums of x, y, xx, yy, xy: down the columns, then across.
        var columns = new double[5][];
        var windows = new double[5][];
        for (var m = 0; m < 5; m++)
        {
            columns[m] = new double[width];
            windows[m] = new double[windowsAcross];
        }
        var sum = 0.0;
        for (var top = 0; top < windowsDown; top++)
        {
            foreach (var column in columns)
                Array.Clear(column);
            for (var k = 0; k < weights.Length; k++)
                AddRow(a.Row(top + k), b.Row(top + k), channel, weights[k], columns);
            for (var m = 0; m < 5; m++)
                SumAcross(columns[m], weights, windows[m]);
            for (var left = 0; left < windowsAcross; left++)
            {
                double x = windows[0][left],
                    y = windows[1][left],
                    varianceX = covarianceScale * (windows[2][left] - x * x),
                    varianceY = covarianceScale * (windows[3][left] - y * y),
                    covariance = covarianceScale * (windows[4][left] - x * y);
                sum += (2 * x * y + C1) * (2 * covariance + C2) / ((x * x + y * y + C1) * (varianceX + varianceY + C2));
            }
        }
        return sum / ((double)windowsAcross * windowsDown);
    }

    private static void SumAcross(double[] column, double[] weights, double[] windows)
    {
        Array.Clear(windows);
        for (var k = 0; k < weights.Length; k++)
            TensorPrimitives.MultiplyAdd(column.AsSpan(k, windows.Length), weights[k], windows, windows);
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
