using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// What the dimensions of a model's tensor are: four in the order of a layout, of which the tensor itself may lack some
/// that are 1.
/// </summary>
/// <param name="Layout">The order of the four.</param>
/// <param name="Sides">The lengths of the four, in that order; null where callers choose them.</param>
/// <param name="Missing">Which of the four the tensor does not have: the batch of a single image, the channels of a
/// gray one.</param>
internal sealed record ImageShape(PixelLayout Layout, ImmutableArray<long?> Sides, ImmutableArray<long> Missing)
{
    /// <summary>Which of the four are the channels.</summary>
    public int ChannelAxis => Layout == PixelLayout.Nchw ? 1 : 3;

    /// <summary>1 or 3, or 6 for two images; 3 where the file does not say.</summary>
    public int Channels => (int)(Sides[ChannelAxis] ?? 3);

    /// <summary>The only batch size, or null.</summary>
    public int? Batch => Number(Sides[0]);

    /// <summary>The only height, or null.</summary>
    public int? Height => Number(Sides[Layout == PixelLayout.Nchw ? 2 : 1]);

    /// <summary>The only width, or null.</summary>
    public int? Width => Number(Sides[Layout == PixelLayout.Nchw ? 3 : 2]);

    // No image has a side that an int does not hold: the limits refuse it either way.
    private static int? Number(long? side) => side is { } length ? (int)Math.Min(length, int.MaxValue) : null;
}
