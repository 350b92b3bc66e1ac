using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Finds the noise whose image is nearest to a given one, by gradient descent from several beginnings (Liu and Tuzel
/// 2016, section 4, cross-domain image transformation: the L2 distance; they descend by L-BFGS, this by Adam). The
/// result is a function of images, weights and options.
/// </summary>
internal sealed class NoiseSearch(CoGanTrainer.Options options)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>Searches for several images at once, which do not influence each other.</summary>
    /// <param name="images">[N, C, H, W] in [-1, 1].</param>
    /// <param name="make">From noise [M, noise, 1, 1] to images [M, C, H, W], without gradients for weights.</param>
    /// <returns>The noise [N, noise, 1, 1] of each.</returns>
    public Tensor Find(Tensor images, Func<Tensor, Tensor> make)
    {
        int starts = options.SearchStarts;
        int size = options.NoiseSize;
        int count = (int)images.shape[0];
        var start = new float[starts * size];
        CounterRandom.Normal(options.SeedOrZero, RandomStream.NoiseSearch, 0, start);
        var noise = Enumerable.Repeat(start, count).SelectMany(values => values).ToArray();
        var first = new double[noise.Length];
        var second = new double[noise.Length];
        using var targets = images.repeat_interleave(starts, 0);
        for (int step = 1; step <= options.SearchSteps; step++)
            Descend(noise, Gradient(noise, targets, make), first, second, step);
        float[] distances = Distances(noise, targets, make);
        var best = new float[count * size];
        for (int i = 0; i < count; i++)
        {
            var own = distances.AsSpan(i * starts, starts);
            int chosen = 0;
            for (int candidate = 1; candidate < starts; candidate++)
                if (own[candidate] < own[chosen])
                    chosen = candidate;
            noise.AsSpan((i * starts + chosen) * size, size).CopyTo(best.AsSpan(i * size));
        }
        return ToTensor(best, images.device);
    }

    private float[] Gradient(float[] noise, Tensor targets, Func<Tensor, Tensor> make)
    {
        using var scope = torch.NewDisposeScope();
        var leaf = ToTensor(noise, targets.device).requires_grad_();
        Backward.Run(Distance(make(leaf), targets).sum(), [leaf]);
        return ToArray(leaf.grad!);
    }

    private float[] Distances(float[] noise, Tensor targets, Func<Tensor, Tensor> make)
    {
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        return ToArray(Distance(make(ToTensor(noise, targets.device)), targets));
    }

    private void Descend(float[] noise, float[] gradient, double[] first, double[] second, int step)
    {
        double size = options.SearchRate / (1 - Math.Pow(Beta1, step));
        double correction = Math.Sqrt(1 - Math.Pow(Beta2, step));
        for (int i = 0; i < noise.Length; i++)
        {
            double slope = gradient[i];
            first[i] = Beta1 * first[i] + (1 - Beta1) * slope;
            second[i] = Beta2 * second[i] + (1 - Beta2) * slope * slope;
            noise[i] = (float)(noise[i] - size * first[i] / (Math.Sqrt(second[i]) / correction + Epsilon));
        }
    }

    private static Tensor Distance(Tensor made, Tensor targets) => made.Minus(targets).Squared().mean([1L, 2, 3]);

    private Tensor ToTensor(float[] noise, Device device) =>
        torch.tensor(noise, [noise.Length / options.NoiseSize, options.NoiseSize, 1, 1]).to(device);

    private static float[] ToArray(Tensor tensor) =>
        MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).ToArray();
}
