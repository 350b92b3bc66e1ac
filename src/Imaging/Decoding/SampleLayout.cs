namespace MlNetImageTranslation.Imaging;

/// <summary>How the samples of a file lie: gray or RGB, with or without alpha.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Stride">Samples of a pixel: one or three colours, alpha where there is some, and what is left
/// out.</param>
/// <param name="Colors">1 or 3.</param>
/// <param name="HasAlpha">Whether alpha comes after the colours.</param>
/// <param name="IsInverted">Whether 0 is white.</param>
/// <param name="IsMultiplied">Whether colours are multiplied by alpha.</param>
internal readonly record struct SampleLayout(
    int Width,
    int Height,
    int Stride,
    int Colors,
    bool HasAlpha,
    bool IsInverted = false,
    bool IsMultiplied = false
);
