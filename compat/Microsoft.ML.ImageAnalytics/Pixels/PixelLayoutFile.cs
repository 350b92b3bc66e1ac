using System.Text.Json.Nodes;

namespace Microsoft.ML.Transforms.Image;

internal static class PixelLayoutFile
{
    public static void Write(JsonObject data, PixelLayout layout)
    {
        data["colors"] = (int)layout.Colors;
        data["order"] = (int)layout.Order;
        data["interleaved"] = layout.Interleaved;
    }

    public static PixelLayout Read(JsonNode data) => new(
        (ImagePixelExtractingEstimator.ColorBits)data["colors"].GetValue<int>(),
        (ImagePixelExtractingEstimator.ColorsOrder)data["order"].GetValue<int>(),
        data["interleaved"].GetValue<bool>());
}
