using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// One minus the structural similarity (Wang et al. 2004) of images in [-1, 1]: uniform windows of 7 pixels, sample
/// covariance, as <see cref="ImageScores"/> has it.
/// </summary>
internal static class StructuralLoss
{
    /// <summary>The side of the windows, in pixels.</summary>
    public const long Window = 7;

    private const float C1 = 0.01f * 0.01f,
        C2 = 0.03f * 0.03f,
        Unbiased = Window * Window / (Window * Window - 1f);

    /// <summary>The mean over windows and channels; 0 for equal images.</summary>
    /// <exception cref="ArgumentException">A side is shorter than the window.</exception>
    public static Tensor Of(Tensor a, Tensor b)
    {
        if (a.shape[2] < Window || a.shape[3] < Window)
            throw new ArgumentException(
                $"Structural similarity needs images of at least {Window} pixels, but they are "
                    + $"{a.shape[3]}x{a.shape[2]}."
            );
        // Similarity of brightness depends on where black is: on the scale of 0..1.
        a = a.Plus(1).Times(0.5);
        b = b.Plus(1).Times(0.5);
        Tensor meanA = Mean(a),
            meanB = Mean(b);
        var varianceA = Mean(a * a).Minus(meanA * meanA).Times(Unbiased);
        var varianceB = Mean(b * b).Minus(meanB * meanB).Times(Unbiased);
        var covariance = Mean(a * b).Minus(meanA * meanB).Times(Unbiased);
        var similarity =
            (meanA * meanB).Times(2).Plus(C1)
            * covariance.Times(2).Plus(C2)
            / ((meanA * meanA).Plus(meanB * meanB).Plus(C1) * varianceA.Plus(varianceB).Plus(C2));
        return similarity.mean().neg().Plus(1);
    }

    private static Tensor Mean(Tensor x) => functional.avg_pool2d(x, [Window, Window], [1L, 1]);
}
