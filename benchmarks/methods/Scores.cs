using MlNetImageTranslation.Evaluation;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>How good translations are.</summary>
/// <param name="Method">What made them.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Segmentation">FCN-scores.</param>
/// <param name="L1">Mean absolute difference to the image of the same scene, in levels.</param>
/// <param name="Ssim">Structural similarity with it.</param>
/// <param name="FrechetDistance">Distance of the features of all images; null without a network.</param>
/// <param name="Seconds">How long training took; null where nothing was trained. A run in both directions counts in
/// both.</param>
internal sealed record Scores(
    string Method,
    Direction Direction,
    SegmentationScores Segmentation,
    double L1,
    double Ssim,
    double? FrechetDistance,
    double? Seconds
);
