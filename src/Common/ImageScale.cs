using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation;

/// <summary>How many times larger, or smaller, a result is than the image.</summary>
/// <param name="Up">How many times higher and wider.</param>
/// <param name="Down">How many times lower and narrower; this or <paramref name="Up"/> is 1.</param>
/// <remarks>This file is compiled into the libraries that pad images.</remarks>
internal readonly record struct ImageScale(int Up, int Down = 1)
{
    /// <summary>Results that are so many times larger.</summary>
    public static implicit operator ImageScale(int up) => new(up);

    /// <summary>
    /// The side of the result for a side of an image. What is left of a division counts as a whole pixel.
    /// </summary>
    /// <exception cref="OverflowException">It is longer than an integer holds.</exception>
    public static int operator *(int side, ImageScale scale) =>
        checked((int)(((long)side * scale.Up + scale.Down - 1) / scale.Down));

    /// <summary>The size of the result for the size of an image.</summary>
    /// <exception cref="OverflowException">A side is longer than an integer holds.</exception>
    public static ImageSize operator *(ImageSize size, ImageScale scale) =>
        new(size.Width * scale, size.Height * scale);

    /// <summary>
    /// How much larger or smaller an image became; null where that is no whole number, up or down, or not the same on
    /// both sides.
    /// </summary>
    public static ImageScale? Between(ImageSize from, ImageSize to) =>
        Between(from.Height, to.Height) is { } scale && Between(from.Width, to.Width) == scale ? scale : null;

    private static ImageScale? Between(int from, int to) =>
        to <= 0 || from <= 0 ? null
        : to % from == 0 ? new(to / from)
        : from % to == 0 ? new(1, from / to)
        : null;
}
