using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlNetImageTranslation;

/// <summary>
/// Up to 16 channels of an image with the values of a pixel beside each other. Planes of an image are brought into this
/// order for <see cref="IMinimalFiltering"/>, and back.
/// </summary>
/// <param name="Rows">Rows of the block.</param>
/// <param name="Columns">Pixels of a row.</param>
/// <param name="Top">The row of the image that is the first of the block; negative above the image.</param>
/// <param name="Left">The column of the image that is the first of the block.</param>
/// <param name="Height">Rows of the image.</param>
/// <param name="Width">Pixels of a row of the image.</param>
[SkipLocalsInit]
internal readonly unsafe record struct ChannelBlock(int Rows, int Columns, int Top, int Left, int Height, int Width)
{
    private const int Channels = IMinimalFiltering.Channels;

    /// <summary>How many values ahead the planes are fetched.</summary>
    private const int Distance = 64;

    /// <summary>Values of the block.</summary>
    public int Size => Rows * Columns * Channels;

    /// <summary>From one row of the block to the next.</summary>
    public int Row => Columns * Channels;

    // The pixels of the block that are in the image.
    private (int Begin, int End) RowsInside => Inside(Top, Rows, Height);

    private (int Begin, int End) ColumnsInside => Inside(Left, Columns, Width);

    /// <summary>
    /// Copies planes of an image into a block, with zeros beyond the image and for channels that are not there.
    /// </summary>
    /// <param name="planes">The planes.</param>
    /// <param name="channels">How many: 1 to 16.</param>
    /// <param name="block">The block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(float* planes, int channels, float* block)
    {
        nint plane = (nint)Height * Width;
        var (begin, end) = ColumnsInside;
        var (first, last) = RowsInside;
        if (channels < Channels || begin == end)
            Clear(block, 0, Rows * Columns);
        for (int y = 0; y < Rows; y++)
        {
            float* target = block + (nint)y * Row;
            if (y < first || y >= last)
            {
                Clear(target, 0, Columns);
                continue;
            }
            Clear(target, 0, begin);
            Clear(target, end, Columns);
            float* source = planes + (nint)(Top + y) * Width + Left + begin;
            target += begin * Channels;
            for (int x = begin; x < end; x += Transposition.Side)
            {
                CacheLines.Fetch(source + Distance, plane, channels);
                Transposition.Run(source, plane, channels, target, Channels, Math.Min(Transposition.Side, end - x));
                source += Transposition.Side;
                target += Transposition.Side * Channels;
            }
        }
    }

    /// <summary>Gives the first row and column beyond each side of the image what lies as far inside.</summary>
    public void Reflect(float* block)
    {
        var (first, last) = RowsInside;
        for (int y = first; y < last; y++)
        {
            float* row = block + (nint)y * Row;
            Reflect(row, Channels, Columns, -Left - 1, 2, Channels);
            Reflect(row, Channels, Columns, Width - Left, -2, Channels);
        }
        Reflect(block, Row, Rows, -Top - 1, 2, Row);
        Reflect(block, Row, Rows, Height - Top, -2, Row);
    }

    // Copies one of some items to another place, if both are there.
    private static void Reflect(float* items, nint step, int count, int place, int distance, int size)
    {
        int source = place + distance;
        if (place >= 0 && place < count && source >= 0 && source < count)
            new ReadOnlySpan<float>(items + source * step, size).CopyTo(new(items + place * step, size));
    }

    /// <summary>Copies a block into planes of an image, without what goes beyond the image.</summary>
    /// <param name="block">The block; its values are finished.</param>
    /// <param name="planes">The planes.</param>
    /// <param name="channels">How many: 1 to 16.</param>
    /// <param name="finish">What is done to the values.</param>
    /// <param name="above">Rows at the top of the block that are left out.</param>
    /// <param name="below">The row of the block after the last one that is copied.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(float* block, float* planes, int channels, ConvolutionFinish finish, int above, int below)
    {
        nint plane = (nint)Height * Width;
        var (begin, end) = ColumnsInside;
        var (first, last) = RowsInside;
        first = Math.Max(first, above);
        last = Math.Min(last, below);
        var bias = finish.BiasOf(channels);
        for (int y = first; y < last; y++)
        {
            float* source = block + (nint)y * Row + begin * Channels,
                target = planes + (nint)(Top + y) * Width + Left + begin;
            if (finish.Changes)
                finish.Apply(source, end - begin, bias);
            for (int x = begin; x < end; x += Transposition.Side)
            {
                CacheLines.Fetch(target + Distance, plane, channels);
                Transposition.Run(source, Channels, Math.Min(Transposition.Side, end - x), target, plane, channels);
                source += Transposition.Side * Channels;
                target += Transposition.Side;
            }
        }
    }

    private static void Clear(float* row, int begin, int end)
    {
        for (int x = begin; x < end; x++)
            Vector512<float>.Zero.Store(row + (nint)x * Channels);
    }

    private static (int Begin, int End) Inside(int offset, int count, int side)
    {
        int begin = Math.Min(Math.Max(0, -offset), count);
        return (begin, Math.Clamp(side - offset, begin, count));
    }
}
