namespace MlNetImageTranslation.Imaging;

/// <summary>How <see cref="PhotoFilters.Sketch"/> draws.</summary>
public enum SketchStyle
{
    /// <summary>Soft gray strokes: each pixel in relation to its surroundings.</summary>
    Pencil,

    /// <summary>Black lines on white where the brightness changes.</summary>
    Edges,
}
