using static MlNetImageTranslation.Trainer.IMinimalFiltering;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A convolution and its gradients by Winograd's algorithm (Lavin and Gray, arXiv 1509.09308), for some rows of tiles.
/// 3x3 kernels take a quarter of the multiplications, 4x4 kernels with stride 1 a quarter and with stride 2 two fifths.
/// </summary>
/// <remarks>
/// Images and weights are float32 in torch's order. Channels of the result are taken 32 at a time: their weights are
/// transformed, multiplied with all tiles and brought into their place while they are in the cache. Results do not
/// depend on the number of threads.
/// </remarks>
internal static unsafe class WinogradKernel<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    private const int Panel = WinogradLayout<TFiltering>.Panel;

    private static int Products => WinogradLayout<TFiltering>.Products;

    /// <summary>The convolution.</summary>
    /// <param name="shape">What is read and written.</param>
    /// <param name="range">The tiles of the result that are computed.</param>
    /// <param name="factors">Of what is read, for these tiles.</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="result">[images, outputs, height, width].</param>
    /// <param name="threads">How many threads work on it.</param>
    public static void Convolve(
        WinogradShape shape,
        TileRange range,
        float* factors,
        float* weight,
        float* bias,
        float* result,
        int threads
    )
    {
        int panels = shape.Outputs / Panel,
            columns = shape.TileColumns,
            parts = range.PartCount(shape, panels, threads),
            size = shape.Kernel * shape.Kernel,
            space = WinogradProducts<TFiltering>.WeightSpace,
            sumSpace = Products * WinogradLayout<TFiltering>.SumStep(shape, range);
        Work.Each(
            panels * parts,
            space + sumSpace + WinogradLayout<TFiltering>.Result(shape, 0, shape.TileRowsAtOnce(range)).Size,
            threads,
            (number, memory) =>
            {
                int panel = number / parts;
                var part = range.Part(number % parts, parts);
                float* sums = memory + space,
                    block = sums + sumSpace;
                WinogradProducts<TFiltering>.Sum(
                    shape,
                    range,
                    part,
                    factors,
                    new(
                        (nint)(weight + (nint)panel * Panel * shape.Inputs * size),
                        shape.Inputs * size,
                        size,
                        shape.Inputs
                    ),
                    true,
                    memory,
                    sums
                );
                int step = WinogradLayout<TFiltering>.SumStep(shape, part);
                for (int half = 0; half < Panel; half += Channels)
                {
                    float* source = sums + half;
                    int channel = panel * Panel + half;
                    foreach (var (image, first, end) in part.Pieces(shape))
                    {
                        var pixels = WinogradLayout<TFiltering>.Result(shape, first, end);
                        for (int y = 0; y < end - first; y++)
                        for (int x = 0; x < columns; x++, source += Panel)
                            WinogradTransforms<TFiltering>.Result(
                                source,
                                step,
                                block + WinogradLayout<TFiltering>.Place(pixels, y, x),
                                pixels.Row
                            );
                        pixels.Write(
                            block,
                            result + ((nint)image * shape.Outputs + channel) * shape.Height * shape.Width,
                            bias is null ? null : bias + channel,
                            0,
                            pixels.Rows
                        );
                    }
                }
            }
        );
    }

    /// <summary>The gradient of what a convolution reads, which is also the transposed convolution.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="range">The tiles whose pixels are computed, down to where those of the next row begin.</param>
    /// <param name="factors">Of the gradient of the result, for these tiles and the row above them.</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[inputs], or null: what is added.</param>
    /// <param name="result">[images, inputs, input height, input width].</param>
    /// <param name="threads">How many threads work on it.</param>
    public static void Transpose(
        WinogradShape shape,
        TileRange range,
        float* factors,
        float* weight,
        float* bias,
        float* result,
        int threads
    )
    {
        var all = range.WithRowAbove(shape);
        int panels = shape.Inputs / Panel,
            columns = shape.TileColumns,
            parts = range.PartCount(shape, panels, threads),
            size = shape.Kernel * shape.Kernel,
            space = WinogradProducts<TFiltering>.WeightSpace,
            sumSpace = shape.Phases * Products * WinogradLayout<TFiltering>.SumStep(shape, all);
        Work.Each(
            panels * parts,
            space + sumSpace + WinogradLayout<TFiltering>.Input(shape, 0, 0, shape.TileRowsAtOnce(all)).Size,
            threads,
            (number, memory) =>
            {
                int panel = number / parts;
                TileRange own = range.Part(number % parts, parts),
                    part = own.WithRowAbove(shape);
                float* sums = memory + space,
                    block = sums + sumSpace;
                WinogradProducts<TFiltering>.Sum(
                    shape,
                    all,
                    part,
                    factors,
                    new((nint)(weight + (nint)panel * Panel * size), size, shape.Inputs * size, shape.Outputs),
                    false,
                    memory,
                    sums
                );
                int step = WinogradLayout<TFiltering>.SumStep(shape, part);
                for (int phase = 0; phase < shape.Phases; phase++)
                for (int half = 0; half < Panel; half += Channels)
                {
                    float* source = sums + phase * Products * step + half;
                    int channel = panel * Panel + half,
                        above = (own.First - part.First) * TFiltering.Tile;
                    foreach (var (image, first, end) in part.Pieces(shape))
                    {
                        var pixels = WinogradLayout<TFiltering>.Input(shape, phase, first, end);
                        new Span<float>(block, pixels.Size).Clear();
                        for (int y = 0; y < end - first; y++)
                        for (int x = 0; x < columns; x++, source += Panel)
                            WinogradTransforms<TFiltering>.InputBack(
                                source,
                                step,
                                block + WinogradLayout<TFiltering>.Place(pixels, y, x),
                                pixels.Row
                            );
                        pixels.Write(
                            block,
                            result + ((nint)image * shape.Inputs + channel) * shape.InputHeight * shape.InputWidth,
                            bias is null ? null : bias + channel,
                            above,
                            end == shape.TileRows ? pixels.Rows : (end - first) * TFiltering.Tile
                        );
                        above = 0;
                    }
                }
            }
        );
    }

    /// <summary>The gradient of the weights.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="range">The tiles that add to it.</param>
    /// <param name="inputs">Factors of what is read, for these tiles.</param>
    /// <param name="gradients">Factors of the gradient of the result, for these tiles.</param>
    /// <param name="result">[outputs, inputs, kernel, kernel].</param>
    /// <param name="add">Whether it is added to what is there.</param>
    /// <param name="threads">How many threads work on it.</param>
    public static void WeightGradient(
        WinogradShape shape,
        TileRange range,
        float* inputs,
        float* gradients,
        float* result,
        bool add,
        int threads
    )
    {
        const int Step = MatrixKernel.Rows * Panel + Channels;
        nint inputStep = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Depth),
            gradientStep = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Outputs),
            group = (nint)WinogradLayout<TFiltering>.Tiles(shape, range) * Channels;
        int size = shape.Kernel * shape.Kernel,
            panels = shape.Outputs / Panel,
            parts = panels % threads == 0 ? 1 : shape.Inputs / Panel,
            count = shape.Inputs / parts;
        var layout = new MatrixLayout
        {
            LeftRow = 1,
            LeftStep = Channels,
            RightHalf = group,
            RightStep = Channels,
            ResultRow = Panel,
            Steps = range.Rows * shape.TileColumns,
        };
        Work.Each(
            panels * parts,
            shape.Phases * Products * Step,
            threads,
            (number, products) =>
            {
                int panel = number / parts,
                    begin = number % parts * count;
                for (int input = begin; input < begin + count; input += MatrixKernel.Rows)
                {
                    for (int i = 0; i < shape.Phases * Products; i++)
                    {
                        int channel = i / Products * shape.Inputs + input,
                            product = i % Products;
                        MatrixKernel.Multiply(
                            inputs + product * inputStep + channel / Channels * group + channel % Channels,
                            gradients + product * gradientStep + 2 * panel * group,
                            products + i * Step,
                            layout
                        );
                    }
                    for (int row = 0; row < MatrixKernel.Rows; row++)
                    for (int half = 0; half < Panel; half += Channels)
                        WinogradWeights<TFiltering>.Gradient(
                            shape,
                            products + row * Panel + half,
                            Step,
                            result + ((nint)(panel * Panel + half) * shape.Inputs + input + row) * size,
                            add
                        );
                }
            }
        );
    }
}
