namespace MlNetImageTranslation;

/// <summary>What a convolution by Winograd's algorithm reads and writes.</summary>
/// <remarks>
/// A convolution of stride 2 is the sum of four of stride 1, of the pixels with even and odd coordinates: its four
/// <em>phases</em>, each with a quarter of the kernel. To the algorithm these are four times as many channels.
/// </remarks>
internal readonly record struct WinogradShape
{
    /// <summary>Images.</summary>
    public required int Images { get; init; }

    /// <summary>Channels of what is read.</summary>
    public required int Inputs { get; init; }

    /// <summary>Height of what is read.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Width of what is read.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Channels of the result.</summary>
    public required int Outputs { get; init; }

    /// <summary>Height of the result.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the result.</summary>
    public required int Width { get; init; }

    /// <summary>The side of the kernel.</summary>
    public required int Kernel { get; init; }

    /// <summary>Pixels from one place of the kernel to the next: 1 or 2.</summary>
    public required int Stride { get; init; }

    /// <summary>Zeros above what is read; below it are as many as the result asks for.</summary>
    public required int Top { get; init; }

    /// <summary>Zeros on the left of what is read.</summary>
    public required int Left { get; init; }

    /// <summary>
    /// Whether pixels beyond what is read are reflections, of which there is one at most on each side, instead of
    /// zeros.
    /// </summary>
    public bool Reflects { get; init; }

    /// <summary>Taps of the filter of a line: those of a phase's kernel.</summary>
    public int Taps => (Kernel + Stride - 1) / Stride;

    /// <summary>The side of a tile of the result.</summary>
    public int Tile =>
        Taps switch
        {
            2 => FilteringOfTwo.Tile,
            3 => FilteringOfThree.Tile,
            _ => FilteringOfFour.Tile,
        };

    /// <summary>Convolutions of stride 1 that it is the sum of.</summary>
    public int Phases => Stride * Stride;

    /// <summary>Channels of all phases, in whole groups of 16.</summary>
    public int Depth => Phases * ChannelGroups.Filled(Inputs);

    /// <summary>Channels of the result, in whole groups of 16.</summary>
    public int Breadth => ChannelGroups.Filled(Outputs);

    /// <summary>Tiles from top to bottom.</summary>
    public int TileRows => (Height + Tile - 1) / Tile;

    /// <summary>Tiles from left to right.</summary>
    public int TileColumns => (Width + Tile - 1) / Tile;

    /// <summary>Tiles of all images.</summary>
    public int Tiles => Images * TileRows * TileColumns;

    /// <summary>
    /// Whether the tiles reach all of what is read. With stride 2, the last row or column may be read by none.
    /// </summary>
    public bool ReadsEverything => Reach(TileRows) - Top >= InputHeight && Reach(TileColumns) - Left >= InputWidth;

    /// <summary>Values of the largest of what is read, the weights and the result.</summary>
    public long LargestSize =>
        Math.Max(
            Math.Max((long)Images * Inputs * InputHeight * InputWidth, (long)Images * Outputs * Height * Width),
            (long)Outputs * Inputs * Kernel * Kernel
        );

    /// <summary>Where a tap of a phase is in the kernel; negative where the kernel has none.</summary>
    public int PlaceOf(int phase, int tap)
    {
        int y = tap / Taps * Stride + phase / Stride,
            x = tap % Taps * Stride + phase % Stride;
        return y < Kernel && x < Kernel ? y * Kernel + x : -1;
    }

    // Pixels under all kernels of some tiles in a row, and those that the last phases add.
    private int Reach(int tiles) => Stride * (tiles * Tile + Taps - 1);
}
