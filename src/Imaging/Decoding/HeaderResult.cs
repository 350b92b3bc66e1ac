namespace MlNetImageTranslation.Imaging;

/// <summary>A header, or what is wrong with it.</summary>
internal readonly struct HeaderResult
{
    public HeaderResult(ImageHeader header) => Header = header;

    public HeaderResult(string problem) => Problem = problem;

    public ImageHeader Header { get; }

    public string? Problem { get; }

    /// <summary>A header whose sides make sense, or the problem that they do not.</summary>
    public static HeaderResult Of(
        ImageFileFormat format,
        long width,
        long height,
        ExifOrientation orientation,
        bool complete
    ) =>
        width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue
            ? new HeaderResult($"the {format} header says {width}x{height}")
            : new HeaderResult(new ImageHeader(format, (int)width, (int)height, orientation, complete));
}
