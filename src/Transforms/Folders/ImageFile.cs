namespace MlNetImageTranslation.Transforms;

/// <summary>An image below the input folder and where its translation goes, both with forward slashes.</summary>
/// <param name="Input">Path below the input folder.</param>
/// <param name="Output">Path below the output folder.</param>
internal readonly record struct ImageFile(string Input, string Output);
