namespace MlNetImageTranslation.Transforms;

/// <summary>
/// FCN-scores, both ways. With a <see cref="Network"/> (labels to photo) translated pictures are segmented and compared with the label pictures they were made of;
/// without (photo to labels) translated label pictures are compared with the targets, both by the nearest colour of the palette.
/// </summary>
public sealed record SegmentationOptions
{
    /// <summary>The classes and their colours in label pictures.</summary>
    public required LabelPalette Palette { get; init; }

    /// <summary>Segments translated photos; its class numbers are the palette's. Null for translated label pictures.</summary>
    public PictureNetworkOptions? Network { get; init; }

    /// <summary>The column of label pictures, needed with a <see cref="Network"/>.</summary>
    public string? LabelColumnName { get; init; }
}
