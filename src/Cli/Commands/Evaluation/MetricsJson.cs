using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Evaluation;

namespace MlNetImageTranslation.Cli;

/// <summary>Scores as JSON; what is not a finite number is null.</summary>
internal static class MetricsJson
{
    public static JsonSerializerOptions Settings { get; } = new() { WriteIndented = true };

    public static JsonObject Create(
        ImageTranslationMetrics metrics,
        string? key = null,
        string? value = null,
        bool withImages = false
    )
    {
        var json = new JsonObject();
        if (key is not null)
            json[key] = value;
        json["pictures"] = metrics.Images;
        json["l1"] = Number(metrics.L1);
        json["psnr"] = Number(metrics.Psnr);
        json["ssim"] = Number(metrics.Ssim);
        if (metrics.FrechetDistance is { } frechet)
            json["frechet"] = Number(frechet);
        if (metrics.KernelDistance is { } kernel)
        {
            json["kernel"] = Number(kernel);
            json["kernelDeviation"] = Number(metrics.KernelDeviation!.Value);
        }
        if (metrics.FeatureProtocol is { } protocol)
            json["features"] = protocol;
        if (metrics.PixelAccuracy is { } pixels)
            json["pixelAccuracy"] = Number(pixels);
        if (metrics.ClassAccuracy is { } classes)
            json["classAccuracy"] = Number(classes);
        if (metrics.ClassIoU is { } overlap)
            json["classIoU"] = Number(overlap);
        if (withImages)
            json["perPicture"] = new JsonArray([
                .. metrics.PerImage.Select(p =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = p.Name,
                            ["l1"] = Number(p.Scores.L1),
                            ["psnr"] = Number(p.Scores.Psnr),
                            ["ssim"] = Number(p.Scores.Ssim),
                        }
                ),
            ]);
        return json;
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
