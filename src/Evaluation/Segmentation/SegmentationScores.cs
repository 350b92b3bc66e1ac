namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The FCN-scores of the pix2pix and CycleGAN papers (section 4.1 of the former). Classes that are neither in the
/// labels nor predicted are left out of the means; the papers' script counts them as 0, which makes no difference where
/// every class occurs.
/// </summary>
/// <param name="PixelAccuracy">Share of the pixels whose class is right, 0 to 1.</param>
/// <param name="ClassAccuracy">Mean over the classes of the share of their pixels that is right.</param>
/// <param name="ClassIoU">Mean over the classes of intersection over union.</param>
public readonly record struct SegmentationScores(double PixelAccuracy, double ClassAccuracy, double ClassIoU);
