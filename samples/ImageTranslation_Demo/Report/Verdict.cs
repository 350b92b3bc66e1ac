using System.Globalization;

namespace ImageTranslation_Demo.Report;

/// <summary>
/// Whether the network has learnt to see shapes: what it must reach on the synthetic data beside the best baselines.
/// </summary>
internal sealed record Verdict(bool IsGood, string Text)
{
    /// <summary>L1 at most this share of the best baseline's.</summary>
    private const double L1Share = 0.5;

    /// <summary>SSIM at least this much above the best baseline's.</summary>
    private const double SsimGain = 0.15;

    public static Verdict Of(IReadOnlyList<Score> scores)
    {
        var ours = scores.Single(score => score.IsOurs);
        var share = ours.L1 / scores.Where(score => !score.IsOurs).Min(score => score.L1);
        var gain = ours.Ssim - scores.Where(score => !score.IsOurs).Max(score => score.Ssim);
        var isGood = share <= L1Share && gain >= SsimGain;
        return new(
            isGood,
            string.Create(
                CultureInfo.InvariantCulture,
                $"L1 is {share:0.00} of the best baseline's (wanted on the synthetic data: {L1Share:0.00} or less), SSIM {gain:+0.000;-0.000} from the best ({SsimGain:+0.00} or more): {(isGood ? "reached" : "not reached")}."
            )
        );
    }
}
