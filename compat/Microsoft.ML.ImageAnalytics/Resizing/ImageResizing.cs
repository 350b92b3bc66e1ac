using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>The checked arguments of ResizeImages.</summary>
internal sealed record ImageResizing
{
    public ImageResizing(string output, string input, int width, int height, ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor)
    {
        Output = Contracts.CheckNonEmpty(output, "name");
        Input = Contracts.CheckNonEmpty(input, "columns");
        Contracts.CheckParam(width > 0, "imageWidth", "Invalid user-provided argument");
        Contracts.CheckParam(height > 0, "imageHeight", "Invalid user-provided argument");
        Contracts.CheckParam(Enum.IsDefined(kind), "resizing", "Invalid user-provided argument");
        Contracts.CheckParam(Enum.IsDefined(anchor), "anchor", "Invalid user-provided argument");
        Width = width;
        Height = height;
        Kind = kind;
        Anchor = anchor;
    }

    public string Output { get; }

    public string Input { get; }

    public int Width { get; }

    public int Height { get; }

    public ImageResizingEstimator.ResizingKind Kind { get; }

    public ImageResizingEstimator.Anchor Anchor { get; }
}
