using static MlNetImageTranslation.IMinimalFiltering;

namespace MlNetImageTranslation;

/// <summary>Products of factors of images and of weights, summed over channels: most of the work.</summary>
internal static unsafe class WinogradProducts<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Multiplies and sums.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="range">The tiles whose factors are there.</param>
    /// <param name="part">Those that are multiplied.</param>
    /// <param name="factors">Of images.</param>
    /// <param name="weights">Of weights.</param>
    /// <param name="panel">The panel of weights.</param>
    /// <param name="space">Room for a slice of them.</param>
    /// <param name="sums">Where the sums go: those of the transpose pair after pair.</param>
    public static void Sum(
        WinogradShape shape,
        TileRange range,
        TileRange part,
        float* factors,
        WinogradWeightSource weights,
        int panel,
        float* space,
        float* sums
    )
    {
        var panels = weights.Panels;
        int tiles = WinogradLayout<TFiltering>.Tiles(shape, range),
            groups = ChannelGroups.Count(panels.Summands),
            ofPair = panels.Products * WinogradLayout<TFiltering>.SumStep(shape, part);
        nint step = WinogradLayout<TFiltering>.FactorStep(
            shape,
            range,
            (panels.IsTransposed ? 1 : shape.Phases) * groups * Channels
        );
        float* first = factors + (nint)(part.First - range.First) * shape.TileColumns * Channels;
        for (int slice = 0; slice < panels.Slices; slice++)
        {
            int begin = slice * panels.Slice / Channels,
                end = Math.Min(groups, begin + panels.Slice / Channels);
            float* right = weights.Factors<TFiltering>(shape, panel, slice, space);
            for (int pair = 0; pair < panels.Pairs; pair++)
                Multiply(
                    shape,
                    panels,
                    pair,
                    part,
                    first + (nint)((panels.IsTransposed ? 0 : pair * groups) + begin) * tiles * Channels,
                    step,
                    right + pair * panels.PairSize,
                    panels.IsTransposed ? sums + pair * ofPair : sums,
                    new()
                    {
                        LeftRow = Channels,
                        LeftStep = 1,
                        LeftGroup = (nint)(tiles - 1) * Channels,
                        RightHalf = Channels,
                        RightStep = MatrixKernel.Columns,
                        ResultRow = MatrixKernel.Columns,
                        Groups = end - begin,
                        Steps = Channels,
                        Missing = Math.Max(0, end * Channels - panels.Summands),
                        Add = slice > 0 || (!panels.IsTransposed && pair > 0),
                    }
                );
        }
    }

    private static void Multiply(
        WinogradShape shape,
        WinogradPanels panels,
        int pair,
        TileRange part,
        float* factors,
        nint factorStep,
        float* weights,
        float* sums,
        MatrixLayout layout
    )
    {
        int tiles = part.Rows * shape.TileColumns,
            sumStep = WinogradLayout<TFiltering>.SumStep(shape, part);
        for (int product = 0; product < panels.Products; product++)
        {
            float* target = sums + product * sumStep;
            if (panels.IsZero(shape, pair, product))
            {
                if (!layout.Add)
                    new Span<float>(target, tiles * MatrixKernel.Columns).Clear();
                continue;
            }
            for (int tile = 0; tile < tiles; tile += MatrixKernel.Rows)
                MatrixKernel.Multiply(
                    factors + product * factorStep + (nint)tile * Channels,
                    weights + product * panels.Step,
                    target + tile * MatrixKernel.Columns,
                    layout
                );
        }
    }
}
