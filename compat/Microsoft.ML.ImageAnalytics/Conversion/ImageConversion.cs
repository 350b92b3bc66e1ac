using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>The checked arguments of ConvertToImage.</summary>
internal sealed record ImageConversion
{
    public ImageConversion(string output, string input, int height, int width, PixelLayout layout, float scale, float offset)
    {
        Output = Contracts.CheckNonWhiteSpace(output, "name");
        Input = Contracts.CheckNonEmpty(input, "columns");
        Contracts.CheckParam(layout.Planes > 0, "colorsPresent", "Need to use at least one color plane");
        Contracts.CheckParam(width > 0, "imageWidth", "Image width must be greater than zero");
        Contracts.CheckParam(height > 0, "imageHeight", "Image height must be greater than zero");
        Contracts.CheckParam(float.IsFinite(offset), "offsetImage", "Invalid offsetImage");
        Contracts.CheckParam(float.IsFinite(scale) && scale != 0, "scaleImage", "Invalid scaleImage");
        Height = height;
        Width = width;
        Layout = layout;
        Scale = scale;
        Offset = offset;
    }

    public string Output { get; }

    public string Input { get; }

    public int Height { get; }

    public int Width { get; }

    public PixelLayout Layout { get; }

    public float Scale { get; }

    public float Offset { get; }
}
