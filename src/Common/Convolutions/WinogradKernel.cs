using static MlNetImageTranslation.IMinimalFiltering;

namespace MlNetImageTranslation;

/// <summary>
/// A convolution by Winograd's algorithm (Lavin and Gray, arXiv 1509.09308) and its transpose, for some rows of tiles.
/// 3x3 kernels take a quarter of the multiplications, 4x4 kernels with stride 1 a quarter and with stride 2 two fifths.
/// </summary>
/// <remarks>
/// Images are float32, [images, channels, height, width]. Channels of the result are taken a panel at a time: their
/// weights are multiplied with all tiles, and the sums brought into their place while they are in the cache. Results do
/// not depend on the number of threads.
/// </remarks>
internal static unsafe class WinogradKernel<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    private static int Products => WinogradLayout<TFiltering>.Products;

    /// <summary>The convolution.</summary>
    /// <param name="shape">What is read and written.</param>
    /// <param name="range">The tiles of the result that are computed.</param>
    /// <param name="factors">Of what is read, for these tiles.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="finish">What is done to the result: its bias is [outputs].</param>
    /// <param name="result">[images, outputs, height, width].</param>
    /// <param name="workers">Who works on it.</param>
    public static void Convolve(
        WinogradShape shape,
        TileRange range,
        float* factors,
        WinogradWeightSource weights,
        ConvolutionFinish finish,
        float* result,
        Workers workers
    )
    {
        int parts = range.PartCount(shape, weights.Panels.Count, workers.Count),
            sumSpace = Products * WinogradLayout<TFiltering>.SumStep(shape, range),
            rows = WinogradLayout<TFiltering>.RowsOfBlock(shape, 1);
        nint plane = (nint)shape.Height * shape.Width;
        workers.Each(
            weights.Panels.Count * parts,
            weights.Space + sumSpace + WinogradLayout<TFiltering>.Result(shape, 0, rows).Size,
            (task, memory) =>
            {
                int panel = task / parts,
                    groups = weights.Panels.GroupsIn(panel);
                var part = range.Part(task % parts, parts);
                float* sums = memory + weights.Space,
                    block = sums + sumSpace;
                WinogradProducts<TFiltering>.Sum(shape, range, part, factors, weights, panel, memory, sums);
                int step = WinogradLayout<TFiltering>.SumStep(shape, part);
                for (int group = 0; group < groups; group++)
                {
                    float* source = sums + group * Channels;
                    int number = panel * weights.Panels.Groups + group,
                        channel = number * Channels;
                    foreach (var (image, first, end) in part.Pieces(shape, rows))
                    {
                        var pixels = WinogradLayout<TFiltering>.Result(shape, first, end);
                        for (int y = 0; y < end - first; y++)
                        for (int x = 0; x < shape.TileColumns; x++, source += MatrixKernel.Columns)
                            WinogradTransforms<TFiltering>.Result(
                                source,
                                step,
                                block + WinogradLayout<TFiltering>.Tile(pixels, y, x),
                                pixels.Row
                            );
                        pixels.Write(
                            block,
                            result + ((nint)image * shape.Outputs + channel) * plane,
                            ChannelGroups.ChannelsIn(number, shape.Outputs),
                            finish.From(channel),
                            0,
                            pixels.Rows
                        );
                    }
                }
            }
        );
    }

    /// <summary>The transposed convolution, which is also the gradient of what a convolution reads.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="range">The tiles whose pixels are computed, down to where those of the next row begin.</param>
    /// <param name="factors">Of the gradient of the result, for these tiles and the row above them.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="finish">What is done to the result: its bias is [inputs].</param>
    /// <param name="result">[images, inputs, input height, input width].</param>
    /// <param name="workers">Who works on it.</param>
    public static void Transpose(
        WinogradShape shape,
        TileRange range,
        float* factors,
        WinogradWeightSource weights,
        ConvolutionFinish finish,
        float* result,
        Workers workers
    )
    {
        var all = range.WithRowAbove(shape);
        var panels = weights.Panels;
        int parts = range.PartCount(shape, panels.Count, workers.Count),
            sumSpace = panels.Pairs * Products * WinogradLayout<TFiltering>.SumStep(shape, all),
            rows = WinogradLayout<TFiltering>.RowsOfBlock(shape, shape.Stride);
        nint plane = (nint)shape.InputHeight * shape.InputWidth;
        workers.Each(
            panels.Count * parts,
            weights.Space + sumSpace + WinogradLayout<TFiltering>.Input(shape, 0, rows + 1).Size,
            (task, memory) =>
            {
                int panel = task / parts,
                    groups = panels.GroupsIn(panel);
                TileRange own = range.Part(task % parts, parts),
                    part = own.WithRowAbove(shape);
                float* sums = memory + weights.Space,
                    block = sums + sumSpace;
                WinogradProducts<TFiltering>.Sum(shape, all, part, factors, weights, panel, memory, sums);
                for (int group = 0; group < groups; group++)
                {
                    int number = panel * panels.Groups + group,
                        channel = number * Channels;
                    foreach (var (image, first, end) in own.Pieces(shape, rows))
                    {
                        // Tiles reach into those below.
                        int above = Math.Min(first, 1),
                            tile = TFiltering.Tile * shape.Stride;
                        var pixels = WinogradLayout<TFiltering>.Input(shape, first - above, end);
                        new Span<float>(block, pixels.Size).Clear();
                        AddTiles(
                            shape,
                            panels,
                            group,
                            new(image, first - above, end),
                            pixels,
                            sums,
                            WinogradLayout<TFiltering>.SumStep(shape, part),
                            image * shape.TileRows + first - above - part.First,
                            block
                        );
                        pixels.Write(
                            block,
                            result + ((nint)image * shape.Inputs + channel) * plane,
                            ChannelGroups.ChannelsIn(number, shape.Inputs),
                            finish.From(channel),
                            above * tile,
                            end == shape.TileRows ? pixels.Rows : (end - first + above) * tile
                        );
                    }
                }
            }
        );
    }

    private static void AddTiles(
        WinogradShape shape,
        WinogradPanels panels,
        int group,
        TileRange.Piece piece,
        ChannelBlock pixels,
        float* sums,
        int step,
        int row,
        float* block
    )
    {
        for (int phase = 0; phase < shape.Phases; phase++)
        {
            var (pair, half) = panels.PairOf(phase, group);
            float* source =
                sums
                + (nint)pair * Products * step
                + half * Channels
                + (nint)row * shape.TileColumns * MatrixKernel.Columns;
            for (int y = 0; y < piece.End - piece.First; y++)
            for (int x = 0; x < shape.TileColumns; x++, source += MatrixKernel.Columns)
                WinogradTransforms<TFiltering>.InputBack(
                    source,
                    step,
                    block + WinogradLayout<TFiltering>.Window(shape, pixels, phase, y, x),
                    shape.Stride * pixels.Row,
                    shape.Stride * Channels
                );
        }
    }
}
