namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>A kind of score.</summary>
/// <param name="Column">Its column in the files of scores.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="MoreIsBetter">Whether the best is the largest.</param>
/// <param name="Format">How tables write it.</param>
internal sealed record Metric(string Column, string Title, bool MoreIsBetter, string Format)
{
    /// <summary>All of them, in the order of the tables.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("pixel_accuracy", "pixel accuracy", true, "0.000"),
        new("class_accuracy", "class accuracy", true, "0.000"),
        new("class_iou", "class IoU", true, "0.000"),
        new("l1", "L1", false, "0.0"),
        new("ssim", "SSIM", true, "0.000"),
        new("frechet_distance", "Fréchet distance", false, "0.0"),
    ];
}
