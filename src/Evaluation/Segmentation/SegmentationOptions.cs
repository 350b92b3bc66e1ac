namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// FCN-scores, both ways. With a <see cref="Network"/> (labels to photo) translated images are segmented and compared
/// with the label images they were made of; without (photo to labels) translated label images are compared with the
/// targets, both by the nearest colour of the palette.
/// </summary>
public sealed record SegmentationOptions
{
    /// <summary>The classes and their colours in label images.</summary>
    public required LabelPalette Palette { get; init; }

    /// <summary>
    /// Segments translated photos; its class numbers are the palette's. Null for translated label images.
    /// </summary>
    public ImageNetworkOptions? Network { get; init; }

    /// <summary>The column of label images, needed with a <see cref="Network"/>.</summary>
    public string? LabelColumnName { get; init; }
}
