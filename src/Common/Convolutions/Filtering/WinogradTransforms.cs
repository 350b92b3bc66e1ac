using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static MlNetImageTranslation.IMinimalFiltering;

namespace MlNetImageTranslation;

/// <summary>
/// The transforms of <see cref="IMinimalFiltering"/> for images: of the columns of a square, then of its rows.
/// </summary>
/// <remarks>
/// A square has vectors of 16 channels. In images, its rows are <c>row</c> values apart, and the vectors of a row
/// beside each other. Factors and products are <c>step</c> values apart, row by row.
/// </remarks>
[SkipLocalsInit]
internal static unsafe class WinogradTransforms<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Values of the largest window.</summary>
    private const int Space = 6 * 6 * Channels;

    /// <summary>The side of what a tile of results is computed from.</summary>
    public static int Window
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Tile - 1 + TFiltering.Taps;
    }

    private static int Tile
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TFiltering.Tile;
    }

    /// <summary>Products that a tile takes for each pair of channels.</summary>
    public static int Products
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Window * Window;
    }

    /// <summary>A window of the image to factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* window, nint row, nint column, float* factors, nint step)
    {
        float* columns = stackalloc float[Space];
        for (int x = 0; x < Window; x++)
            TFiltering.Input(window + x * column, row, columns + x * Channels, Window * Channels);
        for (int y = 0; y < Window; y++)
            TFiltering.Input(columns + y * Window * Channels, Channels, factors + y * Window * step, step);
    }

    /// <summary>The transpose of <see cref="Input"/>; it adds to the window, since windows overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputBack(float* factors, nint step, float* window, nint row, nint column)
    {
        float* columns = stackalloc float[Space];
        for (int x = 0; x < Window; x++)
            TFiltering.InputBack(factors + x * step, Window * step, columns + x * Channels, Window * Channels);
        float* line = stackalloc float[Space];
        for (int y = 0; y < Window; y++)
        {
            TFiltering.InputBack(columns + y * Window * Channels, Channels, line, Channels);
            for (int x = 0; x < Window; x++)
            {
                float* place = window + y * row + x * column;
                (Vector512.Load(place) + Vector512.Load(line + x * Channels)).Store(place);
            }
        }
    }

    /// <summary>Products to a tile of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Result(float* products, nint step, float* tile, nint row)
    {
        float* columns = stackalloc float[Space];
        for (int x = 0; x < Window; x++)
            TFiltering.Result(products + x * step, Window * step, columns + x * Channels, Window * Channels);
        for (int y = 0; y < Tile; y++)
            TFiltering.Result(columns + y * Window * Channels, Channels, tile + y * row, Channels);
    }

    /// <summary>The transpose of <see cref="Result"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ResultBack(float* tile, nint row, float* products, nint step)
    {
        float* columns = stackalloc float[Space];
        for (int x = 0; x < Tile; x++)
            TFiltering.ResultBack(tile + x * Channels, row, columns + x * Channels, Tile * Channels);
        for (int y = 0; y < Window; y++)
            TFiltering.ResultBack(columns + y * Tile * Channels, Channels, products + y * Window * step, step);
    }

    /// <summary>A kernel, whose vectors lie beside each other, to factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel(float* kernel, float* factors, nint step)
    {
        float* columns = stackalloc float[Space];
        int row = TFiltering.Taps * Channels;
        for (int x = 0; x < TFiltering.Taps; x++)
            TFiltering.Kernel(kernel + x * Channels, row, columns + x * Channels, row);
        for (int y = 0; y < Window; y++)
            TFiltering.Kernel(columns + y * row, Channels, factors + y * Window * step, step);
    }

    /// <summary>The transpose of <see cref="Kernel"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KernelBack(float* factors, nint step, float* kernel)
    {
        float* columns = stackalloc float[Space];
        for (int x = 0; x < Window; x++)
            TFiltering.KernelBack(factors + x * step, Window * step, columns + x * Channels, Window * Channels);
        for (int y = 0; y < TFiltering.Taps; y++)
            TFiltering.KernelBack(
                columns + y * Window * Channels,
                Channels,
                kernel + y * TFiltering.Taps * Channels,
                Channels
            );
    }
}
