using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static MlNetImageTranslation.IMinimalFiltering;

namespace MlNetImageTranslation;

/// <summary>Factors of weights.</summary>
[SkipLocalsInit]
internal static unsafe class WinogradWeights<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Values of the largest kernel, for 16 channels.</summary>
    private const int KernelSpace = 4 * 4 * Channels;

    /// <summary>How many weights ahead those to come are fetched.</summary>
    private const int Distance = 4;

    /// <summary>How the weights of a convolution are taken.</summary>
    public static WinogradPanels Panels(WinogradShape shape, bool transposed) =>
        new(shape, transposed, WinogradTransforms<TFiltering>.Products);

    /// <summary>Transforms all weights.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="panels">How they are taken.</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="factors">Where they go.</param>
    public static void Transform(WinogradShape shape, WinogradPanels panels, float* weight, float* factors)
    {
        for (int panel = 0; panel < panels.Count; panel++)
        for (int slice = 0; slice < panels.Slices; slice++)
            Transform(shape, panels, panel, slice, weight, factors + panels.Place(panel, slice));
    }

    /// <summary>Transforms the weights of a slice of a panel.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="panels">How they are taken.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="factors">Where they go.</param>
    public static void Transform(
        WinogradShape shape,
        WinogradPanels panels,
        int panel,
        int slice,
        float* weight,
        float* factors
    )
    {
        int size = shape.Kernel * shape.Kernel,
            groups = panels.GroupsIn(panel),
            begin = slice * panels.Slice,
            count = Math.Min(panels.Slice, panels.Summands - begin);
        if (groups < panels.Groups || count % Channels != 0)
            new Span<float>(factors, panels.SliceSize).Clear();
        var (channel, summand) = panels.IsTransposed ? (size, shape.Inputs * size) : (shape.Inputs * size, size);
        for (int group = 0; group < groups; group++)
        {
            int number = panel * panels.Groups + group,
                first = number * Channels;
            Transform(
                shape,
                panels,
                group,
                weight + (nint)first * channel + (nint)begin * summand,
                channel,
                summand,
                ChannelGroups.ChannelsIn(number, panels.Channels),
                count,
                factors
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform(
        WinogradShape shape,
        WinogradPanels panels,
        int group,
        float* weight,
        nint channel,
        nint summand,
        int channels,
        int count,
        float* factors
    )
    {
        float* kernel = stackalloc float[KernelSpace],
            taps = stackalloc float[KernelSpace];
        int size = shape.Kernel * shape.Kernel;
        if (channels < Channels)
            new Span<float>(kernel, KernelSpace).Clear();
        for (int i = 0; i < count; i++)
        {
            CacheLines.Fetch(weight + Distance * summand, channel, channels);
            Transposition.Run(weight, channel, channels, kernel, Channels, size);
            weight += summand;
            for (int phase = 0; phase < shape.Phases; phase++)
            {
                var (pair, half) = panels.PairOf(phase, group);
                WinogradTransforms<TFiltering>.Kernel(
                    shape.Stride == 1 ? kernel : OfPhase(shape, phase, kernel, taps),
                    factors + pair * panels.PairSize + i * MatrixKernel.Columns + half * Channels,
                    panels.Step
                );
            }
        }
    }

    private static float* OfPhase(WinogradShape shape, int phase, float* kernel, float* taps)
    {
        for (int tap = 0; tap < TFiltering.Taps * TFiltering.Taps; tap++)
        {
            int place = shape.PlaceOf(phase, tap);
            var values = place < 0 ? default : Vector512.Load(kernel + place * Channels);
            values.Store(taps + tap * Channels);
        }
        return taps;
    }
}
