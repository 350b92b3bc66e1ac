namespace MlNetImageTranslation;

/// <summary>
/// How the weights of a convolution, or of its transpose, are taken: a panel of channels at a time, and of their
/// summands a slice that the second cache has room for. Factors of weights are [panels, slices, pairs, products,
/// summands, 32]: the 32 columns of a pair are two groups of 16 channels, or two phases of one group.
/// </summary>
/// <remarks>
/// A convolution sums over all phases, so each phase is a pair of its own. The transpose has results for each phase:
/// with stride 2, the four phases of 16 channels are two pairs.
/// </remarks>
internal readonly record struct WinogradPanels
{
    // Columns times summands of a slice.
    private const int MostValues = 128 * MatrixKernel.Columns;

    /// <param name="shape">The convolution.</param>
    /// <param name="transposed">Whether it is the transpose that is computed.</param>
    /// <param name="products">Products of a tile.</param>
    public WinogradPanels(WinogradShape shape, bool transposed, int products)
    {
        IsTransposed = transposed;
        Products = products;
        Groups = transposed && shape.Phases > 1 ? 1 : 2;
        Pairs = Groups * shape.Phases / 2;
        (Channels, Summands) = transposed ? (shape.Inputs, shape.Outputs) : (shape.Outputs, shape.Inputs);
        Slice = Math.Min(MostValues / MatrixKernel.Columns / Pairs, ChannelGroups.Filled(Summands));
        Step = Slice * MatrixKernel.Columns + ChannelGroups.Size;
    }

    /// <summary>Whether it is the transpose that is computed.</summary>
    public bool IsTransposed { get; }

    /// <summary>Products of a tile.</summary>
    public int Products { get; }

    /// <summary>Channels of the result.</summary>
    public int Channels { get; }

    /// <summary>Channels that are summed over, in each phase.</summary>
    public int Summands { get; }

    /// <summary>Groups of 16 channels of a panel.</summary>
    public int Groups { get; }

    /// <summary>Products of matrices for each product of a tile.</summary>
    public int Pairs { get; }

    /// <summary>The most summands of a slice.</summary>
    public int Slice { get; }

    /// <summary>From one product of a pair to the next.</summary>
    public int Step { get; }

    /// <summary>Panels.</summary>
    public int Count => (ChannelGroups.Count(Channels) + Groups - 1) / Groups;

    /// <summary>Slices of a panel.</summary>
    public int Slices => (ChannelGroups.Filled(Summands) + Slice - 1) / Slice;

    /// <summary>Values of a pair of a slice.</summary>
    public int PairSize => Products * Step;

    /// <summary>Values of a slice.</summary>
    public int SliceSize => Pairs * PairSize;

    /// <summary>Values of all factors.</summary>
    public long Size => (long)Count * Slices * SliceSize;

    /// <summary>Where a slice is.</summary>
    public nint Place(int panel, int slice) => ((nint)panel * Slices + slice) * SliceSize;

    /// <summary>Groups of 16 channels of a panel that are there.</summary>
    public int GroupsIn(int panel) => Math.Min(Groups, ChannelGroups.Count(Channels) - panel * Groups);

    /// <summary>Which pair the channels of a group are in, in one of the phases, and which half of it.</summary>
    public (int Pair, int Half) PairOf(int phase, int group) =>
        ((phase * Groups + group) / 2, (phase * Groups + group) % 2);

    /// <summary>
    /// Whether the factors of all weights of a pair are zero for a product: with 3x3 kernels and stride 2, odd phases
    /// have one tap where even ones have two, and the last factor of a line is its last tap.
    /// </summary>
    public bool IsZero(WinogradShape shape, int pair, int product)
    {
        if (shape.Kernel % shape.Stride == 0)
            return false;
        // Both phases of a pair of the transpose are of the same rows.
        int phase = IsTransposed ? 2 * pair : pair,
            last = shape.Tile + shape.Taps - 2;
        return (phase / shape.Stride > 0 && product / (last + 1) == last)
            || (!IsTransposed && phase % shape.Stride > 0 && product % (last + 1) == last);
    }
}
