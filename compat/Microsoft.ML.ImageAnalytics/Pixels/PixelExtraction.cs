using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>The checked arguments of ExtractPixels.</summary>
internal sealed record PixelExtraction
{
    public PixelExtraction(string output, string input, PixelLayout layout, float offset, float scale, bool asFloat)
    {
        Output = Contracts.CheckNonWhiteSpace(output, "name");
        Input = Contracts.CheckNonEmpty(input, "columns");
        Contracts.CheckParam(layout.Planes > 0, "colorsToExtract", "Need to use at least one color plane.");
        Layout = layout;
        // Bytes are neither shifted nor scaled.
        Offset = asFloat ? offset : 0;
        Scale = asFloat ? scale : 1;
        Contracts.CheckParam(float.IsFinite(Offset), "offsetImage", "Invalid offsetImage");
        Contracts.CheckParam(float.IsFinite(Scale) && Scale != 0, "scaleImage", "Invalid scaleImage");
        AsFloat = asFloat;
    }

    public string Output { get; }

    public string Input { get; }

    public PixelLayout Layout { get; }

    public float Offset { get; }

    public float Scale { get; }

    public bool AsFloat { get; }
}
