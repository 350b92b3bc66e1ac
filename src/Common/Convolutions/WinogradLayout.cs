using System.Runtime.CompilerServices;
using static MlNetImageTranslation.IMinimalFiltering;

namespace MlNetImageTranslation;

/// <summary>
/// Where values lie. Factors of images are [products, groups of 16 channels, tiles, 16], and sums of their products
/// [products, tiles, 32]. Between the products are 16 values more than needed: in caches, addresses a power of two
/// apart are in each other's way.
/// </summary>
internal static class WinogradLayout<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Columns of a sum.</summary>
    public const int Panel = MatrixKernel.Columns;

    // Values of a block of pixels that stay in the second cache.
    private const int MostBlock = 1 << 16;

    /// <summary>Products of a tile.</summary>
    public static int Products
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => WinogradTransforms<TFiltering>.Products;
    }

    /// <summary>Tiles of a range, with room for those that <see cref="MatrixKernel"/> takes along at its end.</summary>
    public static int Tiles(WinogradShape shape, TileRange range) =>
        range.Rows * shape.TileColumns + MatrixKernel.Rows - 1;

    /// <summary>From one factor of a tile to the next.</summary>
    public static nint FactorStep(WinogradShape shape, TileRange range, int channels) =>
        (nint)Tiles(shape, range) * channels + Channels;

    /// <summary>From one sum of a tile to the next.</summary>
    public static int SumStep(WinogradShape shape, TileRange range) => Tiles(shape, range) * Panel + Channels;

    /// <summary>How many rows of tiles are in a block at a time.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="scale">Pixels of the block for each of the result's, in both directions.</param>
    public static int RowsOfBlock(WinogradShape shape, int scale) =>
        Math.Clamp(
            MostBlock / (scale * scale * TFiltering.Tile * TFiltering.Tile * shape.TileColumns * Channels),
            1,
            shape.TileRows
        );

    /// <summary>What some rows of tiles are computed from, all phases of it.</summary>
    public static ChannelBlock Input(WinogradShape shape, int first, int end) =>
        new(
            ((end - first) * TFiltering.Tile + TFiltering.Taps - 1) * shape.Stride,
            (shape.TileColumns * TFiltering.Tile + TFiltering.Taps - 1) * shape.Stride,
            first * TFiltering.Tile * shape.Stride - shape.Top,
            -shape.Left,
            shape.InputHeight,
            shape.InputWidth
        );

    /// <summary>The result of some rows of tiles.</summary>
    public static ChannelBlock Result(WinogradShape shape, int first, int end) =>
        new(
            (end - first) * TFiltering.Tile,
            shape.TileColumns * TFiltering.Tile,
            first * TFiltering.Tile,
            0,
            shape.Height,
            shape.Width
        );

    /// <summary>Where the window of a tile begins in a block of <see cref="Input"/>.</summary>
    public static nint Window(WinogradShape shape, ChannelBlock block, int phase, int y, int x) =>
        (
            (nint)(y * TFiltering.Tile * shape.Stride + phase / shape.Stride) * block.Columns
            + x * TFiltering.Tile * shape.Stride
            + phase % shape.Stride
        ) * Channels;

    /// <summary>Where a tile begins in a block of <see cref="Result"/>.</summary>
    public static nint Tile(ChannelBlock block, int y, int x) =>
        ((nint)y * TFiltering.Tile * block.Columns + x * TFiltering.Tile) * Channels;
}
