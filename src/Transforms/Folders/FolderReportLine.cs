namespace MlNetImageTranslation.Transforms;

/// <summary>What the report says of one image.</summary>
/// <param name="File">The image's path below the input folder.</param>
/// <param name="Output">Its output's path below the output folder; null where it failed.</param>
/// <param name="Width">Columns; null where the image was not read.</param>
/// <param name="Height">Rows.</param>
/// <param name="Milliseconds">From reading the file to the finished output, waiting included; null where the output was
/// there already.</param>
/// <param name="Error">What was wrong; null where nothing was.</param>
internal sealed record FolderReportLine(
    string File,
    string? Output,
    int? Width,
    int? Height,
    double? Milliseconds,
    string? Error
);
