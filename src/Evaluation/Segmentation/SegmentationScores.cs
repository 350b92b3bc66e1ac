namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// FCN-scores, as <see cref="ImageTranslationMetrics"/> describes them.
/// </summary>
/// <param name="PixelAccuracy">Share of the pixels whose class is right, 0 to 1.</param>
/// <param name="ClassAccuracy">Mean over the classes of the share of their pixels that is right.</param>
/// <param name="ClassIoU">Mean over the classes of intersection over union.</param>
internal readonly record struct SegmentationScores(double PixelAccuracy, double ClassAccuracy, double ClassIoU);
