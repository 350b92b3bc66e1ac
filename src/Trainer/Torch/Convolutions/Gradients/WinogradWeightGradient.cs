using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static MlNetImageTranslation.IMinimalFiltering;

namespace MlNetImageTranslation.Trainer;

/// <summary>The gradient of a convolution's weights by Winograd's algorithm, for channels in whole panels.</summary>
[SkipLocalsInit]
internal static unsafe class WinogradWeightGradient<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    private const int Panel = MatrixKernel.Columns;

    /// <summary>Values of the largest kernel, for 16 channels.</summary>
    private const int KernelSpace = 4 * 4 * Channels;

    private static int Products => WinogradLayout<TFiltering>.Products;

    /// <summary>Computes it.</summary>
    /// <param name="shape">What the convolution reads and writes.</param>
    /// <param name="range">The tiles that add to it.</param>
    /// <param name="inputs">Factors of what is read, for these tiles.</param>
    /// <param name="gradients">Factors of the gradient of the result, for these tiles.</param>
    /// <param name="result">[outputs, inputs, kernel, kernel].</param>
    /// <param name="add">Whether it is added to what is there.</param>
    /// <param name="workers">Who works on it.</param>
    public static void Compute(
        WinogradShape shape,
        TileRange range,
        float* inputs,
        float* gradients,
        float* result,
        bool add,
        Workers workers
    )
    {
        const int Step = MatrixKernel.Rows * Panel + Channels;
        nint inputStep = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Depth),
            gradientStep = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Outputs),
            group = (nint)WinogradLayout<TFiltering>.Tiles(shape, range) * Channels;
        int size = shape.Kernel * shape.Kernel,
            panels = shape.Outputs / Panel,
            parts = panels % workers.Count == 0 ? 1 : shape.Inputs / Panel,
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
        workers.Each(
            panels * parts,
            shape.Phases * Products * Step,
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
                        Write(
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

    // The gradients of the weights of 16 results for one input, from sums of products, phase after phase.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(WinogradShape shape, float* products, int step, float* result, bool add)
    {
        float* kernel = stackalloc float[KernelSpace],
            taps = stackalloc float[KernelSpace];
        int size = shape.Kernel * shape.Kernel;
        if (shape.Stride == 1)
            WinogradTransforms<TFiltering>.KernelBack(products, step, kernel);
        else
            for (int phase = 0; phase < shape.Phases; phase++)
            {
                float* ofPhase = products + phase * Products * step;
                WinogradTransforms<TFiltering>.KernelBack(ofPhase, step, taps);
                for (int tap = 0; tap < TFiltering.Taps * TFiltering.Taps; tap++)
                    if (shape.PlaceOf(phase, tap) is >= 0 and var place)
                        Vector512.Load(taps + tap * Channels).Store(kernel + place * Channels);
            }
        nint output = (nint)shape.Inputs * size;
        if (!add)
        {
            Transposition.Run(kernel, Channels, size, result, output, Channels);
            return;
        }
        Transposition.Run(kernel, Channels, size, taps, Channels, Channels);
        for (int channel = 0; channel < Channels; channel++)
        for (int i = 0; i < size; i++)
            result[channel * output + i] += taps[channel * Channels + i];
    }
}
