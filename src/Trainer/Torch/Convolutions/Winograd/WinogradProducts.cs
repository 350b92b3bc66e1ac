using static MlNetImageTranslation.Trainer.IMinimalFiltering;

namespace MlNetImageTranslation.Trainer;

/// <summary>Products of factors of images and of weights, summed over channels: most of the work.</summary>
internal static unsafe class WinogradProducts<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    private const int Panel = WinogradLayout<TFiltering>.Panel;

    /// <summary>The weights of 32 channels.</summary>
    /// <param name="First">The first one.</param>
    /// <param name="Channel">From a weight of one channel to that of the next.</param>
    /// <param name="Summand">From one weight of a channel to its next.</param>
    /// <param name="Count">How many a channel has.</param>
    public readonly record struct Weights(nint First, nint Channel, nint Summand, int Count);

    /// <summary>Values that <see cref="Sum"/> needs for the factors of weights.</summary>
    public static int WeightSpace => WinogradLayout<TFiltering>.Products * WinogradLayout<TFiltering>.WeightStep;

    /// <summary>Multiplies and sums. Weights are transformed some at a time, and used while they are in a cache.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="range">The tiles whose factors are there.</param>
    /// <param name="part">Those that are multiplied.</param>
    /// <param name="factors">Of images.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="allPhases">Whether sums are over the channels of all phases; otherwise each phase has sums of its
    /// own, from the same factors.</param>
    /// <param name="space">Room for the factors of weights.</param>
    /// <param name="sums">Where the sums go.</param>
    public static void Sum(
        WinogradShape shape,
        TileRange range,
        TileRange part,
        float* factors,
        Weights weights,
        bool allPhases,
        float* space,
        float* sums
    )
    {
        int tiles = WinogradLayout<TFiltering>.Tiles(shape, range),
            slice = WinogradLayout<TFiltering>.Slice / shape.Phases,
            ofPhase = WinogradLayout<TFiltering>.Products * WinogradLayout<TFiltering>.SumStep(shape, part);
        float* first = factors + (nint)(part.First - range.First) * shape.TileColumns * Channels;
        for (int begin = 0; begin < weights.Count; begin += slice)
        {
            int count = Math.Min(slice, weights.Count - begin);
            WinogradWeights<TFiltering>.Transform(
                shape,
                (float*)weights.First + begin * weights.Summand,
                weights.Channel,
                weights.Summand,
                count,
                space
            );
            for (int phase = 0; phase < shape.Phases; phase++)
            {
                int channel = allPhases ? phase * weights.Count + begin : begin;
                Multiply(
                    shape,
                    part,
                    first + (nint)channel * tiles,
                    WinogradLayout<TFiltering>.FactorStep(
                        shape,
                        range,
                        allPhases ? shape.Phases * weights.Count : weights.Count
                    ),
                    space + phase * slice * Panel,
                    allPhases ? sums : sums + phase * ofPhase,
                    new()
                    {
                        LeftRow = Channels,
                        LeftStep = 1,
                        LeftGroup = (nint)(tiles - 1) * Channels,
                        RightHalf = Channels,
                        RightStep = Panel,
                        ResultRow = Panel,
                        Groups = count / Channels,
                        Steps = Channels,
                        Add = begin > 0 || (allPhases && phase > 0),
                    }
                );
            }
        }
    }

    private static void Multiply(
        WinogradShape shape,
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
        for (int product = 0; product < WinogradLayout<TFiltering>.Products; product++)
        for (int tile = 0; tile < tiles; tile += MatrixKernel.Rows)
            MatrixKernel.Multiply(
                factors + product * factorStep + (nint)tile * Channels,
                weights + product * WinogradLayout<TFiltering>.WeightStep,
                sums + product * sumStep + tile * Panel,
                layout
            );
    }
}
