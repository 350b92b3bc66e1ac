namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>How good translations are.</summary>
/// <param name="Method">What made them.</param>
/// <param name="Direction">Which way.</param>
/// <param name="PixelAccuracy">FCN-score: the share of right pixels.</param>
/// <param name="ClassAccuracy">FCN-score: its mean over the classes.</param>
/// <param name="ClassIoU">FCN-score: intersection over union, its mean over the classes.</param>
/// <param name="L1">Mean absolute difference to the image of the same scene, in levels.</param>
/// <param name="Ssim">Structural similarity with it.</param>
/// <param name="FrechetDistance">Distance of the features of all images; null without a network.</param>
/// <param name="Seconds">How long training took; null where nothing was trained. A run in both directions counts in
/// both.</param>
internal sealed record Scores(
    string Method,
    Direction Direction,
    double PixelAccuracy,
    double ClassAccuracy,
    double ClassIoU,
    double L1,
    double Ssim,
    double? FrechetDistance,
    double? Seconds
);
