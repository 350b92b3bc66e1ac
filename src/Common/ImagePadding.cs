namespace MlNetImageTranslation;

/// <summary>How an image is made larger on all sides by reflection, and cut out again.</summary>
/// <param name="Height">Rows of the image.</param>
/// <param name="Width">Columns of the image.</param>
/// <param name="PaddedHeight">Rows after padding.</param>
/// <param name="PaddedWidth">Columns after padding.</param>
/// <param name="Step">What the rows above and the columns on the left are multiples of, so that a result that is so
/// many times smaller can be cut at whole pixels; the padded sides are multiples of it.</param>
/// <remarks>This file is compiled into the libraries that pad images.</remarks>
internal readonly record struct ImagePadding(int Height, int Width, int PaddedHeight, int PaddedWidth, int Step = 1)
{
    /// <summary>Rows added above; the odd one goes below.</summary>
    public int Top => (PaddedHeight - Height) / 2 / Step * Step;

    /// <summary>Columns added on the left; the odd one goes to the right.</summary>
    public int Left => (PaddedWidth - Width) / 2 / Step * Step;

    /// <summary>Whether nothing is added.</summary>
    public bool IsNone => PaddedHeight == Height && PaddedWidth == Width;

    /// <summary>Padding up to the next multiple on both sides.</summary>
    public static ImagePadding ToMultiple(int height, int width, int multiple) =>
        new(
            height,
            width,
            checked((height + multiple - 1) / multiple * multiple),
            checked((width + multiple - 1) / multiple * multiple)
        );

    /// <summary>
    /// Which sample stands at <paramref name="index"/> of a side of <paramref name="length"/> samples that goes on by
    /// reflection without repeating its border: periodic where the index is farther away than the side is long, the
    /// only sample where there is one.
    /// </summary>
    public static int Reflect(int index, int length)
    {
        if (length == 1)
            return 0;
        int period = 2 * (length - 1),
            folded = index % period;
        if (folded < 0)
            folded += period;
        return folded < length ? folded : period - folded;
    }

    /// <summary>Writes the padded image: rows of pixels, each of as many samples as one of the image.</summary>
    public void Pad<T>(ReadOnlySpan<T> image, Span<T> padded)
    {
        int samples = image.Length / (Height * Width),
            rowSamples = Width * samples;
        for (int y = 0; y < Height; y++)
            image.Slice(y * rowSamples, rowSamples).CopyTo(Row(padded, y, samples));
        Extend(padded, samples);
    }

    /// <summary>The place of a row of the image in the padded image, of so many samples a pixel.</summary>
    public Span<T> Row<T>(Span<T> padded, int y, int samples) =>
        padded.Slice(((Top + y) * PaddedWidth + Left) * samples, Width * samples);

    /// <summary>
    /// Writes what is around the image in a padded image of so many samples a pixel, where the image's rows are in
    /// their places already.
    /// </summary>
    public void Extend<T>(Span<T> padded, int samples)
    {
        if (IsNone)
            return;
        int paddedSamples = PaddedWidth * samples;
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<T> from = Row(padded, y, samples);
            var to = padded.Slice((Top + y) * paddedSamples, paddedSamples);
            for (int x = 0; x < Left; x++)
                from.Slice(Reflect(x - Left, Width) * samples, samples).CopyTo(to[(x * samples)..]);
            for (int x = Left + Width; x < PaddedWidth; x++)
                from.Slice(Reflect(x - Left, Width) * samples, samples).CopyTo(to[(x * samples)..]);
        }
        for (int y = 0; y < PaddedHeight; y++)
            if (y < Top || y >= Top + Height)
                padded
                    .Slice((Top + Reflect(y - Top, Height)) * paddedSamples, paddedSamples)
                    .CopyTo(padded[(y * paddedSamples)..]);
    }

    /// <summary>Cuts the image out of a padded result of RGB samples that is so much larger or smaller.</summary>
    public void Crop<T>(ReadOnlySpan<T> padded, Span<T> image, ImageScale scale)
    {
        int rowSamples = Width * scale * 3;
        for (int y = 0; y < Height * scale; y++)
            ResultRow(padded, y, scale).CopyTo(image[(y * rowSamples)..]);
    }

    /// <summary>A row of what <see cref="Crop{T}"/> cuts out, in the padded result.</summary>
    public ReadOnlySpan<T> ResultRow<T>(ReadOnlySpan<T> padded, int y, ImageScale scale) =>
        padded.Slice(((Top * scale + y) * (PaddedWidth * scale) + Left * scale) * 3, Width * scale * 3);
}
