namespace MlNetImageTranslation.Cli;

/// <summary>How <c>imt data sketch</c> draws.</summary>
internal enum SketchStyle
{
    /// <summary>Soft gray strokes.</summary>
    Pencil,

    /// <summary>Black lines.</summary>
    Edges,
}
