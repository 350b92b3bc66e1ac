using System.Runtime.CompilerServices;
using static MlNetImageTranslation.Trainer.IMinimalFiltering;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Where values lie. Factors of images are [products, channels / 16, tiles, 16], those of weights [products, channels,
/// 32], and sums of their products [products, tiles, 32]. Between the products are 16 values more than needed: in
/// caches, addresses a power of two apart are in each other's way.
/// </summary>
internal static class WinogradLayout<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Channels whose weights are in order at a time.</summary>
    public const int Panel = MatrixKernel.Columns;

    /// <summary>
    /// How many weights of each of these channels are transformed before they are used: as many as the second cache has
    /// room for.
    /// </summary>
    public const int Slice = 128;

    /// <summary>From one product of weights to the next.</summary>
    public const int WeightStep = Slice * Panel + Channels;

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

    /// <summary>What the tiles of some rows are computed from, in one of the phases.</summary>
    public static ChannelBlock Input(WinogradShape shape, int phase, int first, int end) =>
        new(
            (end - first) * TFiltering.Tile + TFiltering.Taps - 1,
            shape.TileColumns * TFiltering.Tile + TFiltering.Taps - 1,
            shape.Stride,
            first * TFiltering.Tile * shape.Stride + phase / shape.Stride - shape.Top,
            phase % shape.Stride - shape.Left,
            shape.InputHeight,
            shape.InputWidth
        );

    /// <summary>The result of some rows of tiles.</summary>
    public static ChannelBlock Result(WinogradShape shape, int first, int end) =>
        new(
            (end - first) * TFiltering.Tile,
            shape.TileColumns * TFiltering.Tile,
            1,
            first * TFiltering.Tile,
            0,
            shape.Height,
            shape.Width
        );

    /// <summary>Where a tile is in a block, for the transforms of columns and rows.</summary>
    public static nint Place(ChannelBlock block, int y, int x) =>
        (nint)y * TFiltering.Tile * block.Row + x * TFiltering.Tile * Channels;
}
