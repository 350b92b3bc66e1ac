using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// 16 channels of an image with the values of a pixel beside each other. Planes of an image are brought into this order
/// for <see cref="IMinimalFiltering"/>, and back.
/// </summary>
/// <param name="Rows">Rows of the block.</param>
/// <param name="Columns">Pixels of a row.</param>
/// <param name="Stride">Every how many pixels of the image one is in the block.</param>
/// <param name="Top">The row of the image that is the first of the block; negative above the image.</param>
/// <param name="Left">The column of the image that is the first of the block.</param>
/// <param name="Height">Rows of the image.</param>
/// <param name="Width">Pixels of a row of the image.</param>
[SkipLocalsInit]
internal readonly unsafe record struct ChannelBlock(
    int Rows,
    int Columns,
    int Stride,
    int Top,
    int Left,
    int Height,
    int Width
)
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

    /// <summary>Copies 16 planes of an image into a block, with zeros where it goes beyond the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(float* planes, float* block)
    {
        new Span<float>(block, Size).Clear();
        nint plane = (nint)Height * Width;
        var (begin, end) = ColumnsInside;
        var (first, last) = RowsInside;
        float* pixels = stackalloc float[Transposition.Side * Channels];
        for (int y = first; y < last; y++)
        {
            float* source = planes + (nint)(Top + y * Stride) * Width + Left + begin * Stride,
                target = block + (nint)y * Row + begin * Channels;
            if (Stride == 1)
                for (int x = begin; x < end; x += Transposition.Side)
                {
                    int count = Math.Min(Transposition.Side, end - x);
                    CacheLines.Fetch(source + Distance, plane, Channels);
                    Transposition.Run(source, plane, Channels, target, Channels, count);
                    source += Transposition.Side;
                    target += Transposition.Side * Channels;
                }
            else
                for (int x = begin; x < end; x += Transposition.Side / 2)
                {
                    int count = Math.Min(Transposition.Side / 2, end - x);
                    CacheLines.Fetch(source + Distance, plane, Channels);
                    Transposition.Run(source, plane, Channels, pixels, Channels, 2 * count - 1);
                    for (int i = 0; i < count; i++)
                        Vector512.Load(pixels + 2 * i * Channels).Store(target + i * Channels);
                    source += Transposition.Side;
                    target += Transposition.Side / 2 * Channels;
                }
        }
    }

    /// <summary>Copies a block into 16 planes of an image, without what goes beyond the image.</summary>
    /// <param name="block">The block.</param>
    /// <param name="planes">The planes.</param>
    /// <param name="bias">What is added to every value of a channel, if anything.</param>
    /// <param name="above">Rows at the top of the block that are left out.</param>
    /// <param name="below">The row of the block after the last one that is copied.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(float* block, float* planes, float* bias, int above, int below)
    {
        nint plane = (nint)Height * Width;
        var (begin, end) = ColumnsInside;
        var (first, last) = RowsInside;
        first = Math.Max(first, above);
        last = Math.Min(last, below);
        float* values = stackalloc float[Transposition.Side * Channels];
        for (int y = first; y < last; y++)
        {
            float* source = block + (nint)y * Row + begin * Channels,
                target = planes + (nint)(Top + y * Stride) * Width + Left + begin * Stride;
            for (int x = begin; x < end; x += Transposition.Side)
            {
                int count = Math.Min(Transposition.Side, end - x);
                CacheLines.Fetch(target + Distance, plane, Channels);
                if (Stride == 1 && bias is null)
                    Transposition.Run(source, Channels, count, target, plane, Channels);
                else
                {
                    Transposition.Run(source, Channels, count, values, Transposition.Side, Channels);
                    for (int channel = 0; channel < Channels; channel++)
                        Spread(
                            values + channel * Transposition.Side,
                            bias is null ? 0 : bias[channel],
                            target + channel * plane,
                            count
                        );
                }
                source += Transposition.Side * Channels;
                target += Transposition.Side * Stride;
            }
        }
    }

    private void Spread(float* values, float bias, float* target, int count)
    {
        for (int i = 0; i < count; i++)
            target[i * Stride] = values[i] + bias;
    }

    private (int Begin, int End) Inside(int offset, int count, int side)
    {
        int begin = offset >= 0 ? 0 : (-offset + Stride - 1) / Stride,
            end = (side - offset + Stride - 1) / Stride;
        return (begin, Math.Clamp(end, begin, count));
    }
}
