using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static MlNetImageTranslation.Trainer.IMinimalFiltering;

namespace MlNetImageTranslation.Trainer;

/// <summary>Factors of weights, and gradients of weights from products.</summary>
[SkipLocalsInit]
internal static unsafe class WinogradWeights<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    private const int Panel = WinogradLayout<TFiltering>.Panel;

    /// <summary>Values of the largest kernel, for 16 channels.</summary>
    private const int KernelSpace = 4 * 4 * Channels;

    /// <summary>How many weights ahead those to come are fetched.</summary>
    private const int Distance = 4;

    /// <summary>Transforms weights of 32 channels.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="weight">The first of them.</param>
    /// <param name="channel">From a weight of one channel to that of the next.</param>
    /// <param name="summand">From one weight of a channel to its next.</param>
    /// <param name="count">How many of each channel.</param>
    /// <param name="factors">Where they go: [products, phases, count, 32].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(
        WinogradShape shape,
        float* weight,
        nint channel,
        nint summand,
        int count,
        float* factors
    )
    {
        const int Step = WinogradLayout<TFiltering>.WeightStep;
        float* kernel = stackalloc float[KernelSpace],
            taps = stackalloc float[KernelSpace];
        int size = shape.Kernel * shape.Kernel,
            phaseStep = WinogradLayout<TFiltering>.Slice / shape.Phases * Panel;
        for (int i = 0; i < count; i++)
        for (int half = 0; half < Panel; half += Channels)
        {
            float* first = weight + half * channel + i * summand;
            CacheLines.Fetch(first + Distance * summand, channel, Channels);
            Transposition.Run(first, channel, Channels, kernel, Channels, size);
            float* target = factors + i * Panel + half;
            if (shape.Stride == 1)
            {
                WinogradTransforms<TFiltering>.Kernel(kernel, target, Step);
                continue;
            }
            for (int phase = 0; phase < shape.Phases; phase++)
            {
                for (int tap = 0; tap < TFiltering.Taps * TFiltering.Taps; tap++)
                {
                    int place = Place(shape, phase, tap);
                    var values = place < 0 ? default : Vector512.Load(kernel + place * Channels);
                    values.Store(taps + tap * Channels);
                }
                WinogradTransforms<TFiltering>.Kernel(taps, target + phase * phaseStep, Step);
            }
        }
    }

    /// <summary>The gradients of the weights of 16 results for one input.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="products">Sums of products, phase after phase.</param>
    /// <param name="step">From one product to the next.</param>
    /// <param name="result">The gradient of the first result's weights.</param>
    /// <param name="add">Whether they are added to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(WinogradShape shape, float* products, int step, float* result, bool add)
    {
        float* kernel = stackalloc float[KernelSpace],
            taps = stackalloc float[KernelSpace];
        int size = shape.Kernel * shape.Kernel;
        if (shape.Stride == 1)
            WinogradTransforms<TFiltering>.KernelBack(products, step, kernel);
        else
            for (int phase = 0; phase < shape.Phases; phase++)
            {
                float* ofPhase = products + phase * WinogradLayout<TFiltering>.Products * step;
                WinogradTransforms<TFiltering>.KernelBack(ofPhase, step, taps);
                for (int tap = 0; tap < TFiltering.Taps * TFiltering.Taps; tap++)
                    if (Place(shape, phase, tap) is >= 0 and var place)
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

    // Where a tap of a phase is in the kernel; negative where the kernel has none.
    private static int Place(WinogradShape shape, int phase, int tap)
    {
        int y = tap / TFiltering.Taps * shape.Stride + phase / shape.Stride,
            x = tap % TFiltering.Taps * shape.Stride + phase % shape.Stride;
        return y < shape.Kernel && x < shape.Kernel ? y * shape.Kernel + x : -1;
    }
}
