namespace MlNetImageTranslation.Weights;

/// <summary>
/// The filters by which antialiased networks resize, which CUT's reference saves as if they were weights. They are
/// constants here, so a file's have to be the same.
/// </summary>
internal static class BlurFilters
{
    /// <summary>The end of their names.</summary>
    public const string Suffix = ".filt";

    private const float Tolerance = 1e-3f;

    // For halving and for doubling, along one side.
    private static readonly float[][] s_filters =
    [
        [0.25f, 0.5f, 0.25f],
        [0.25f, 0.75f, 0.75f, 0.25f],
    ];

    /// <summary>Whether a tensor holds such a filter for every channel.</summary>
    public static bool IsOne(string name, ForeignTensor tensor) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) && s_filters.Any(filter => Holds(tensor, filter));

    private static bool Holds(ForeignTensor tensor, float[] filter)
    {
        int side = filter.Length;
        return tensor.Shape is [_, 1, var height, var width]
            && height == side
            && width == side
            && tensor
                .Load(false)
                .Select((value, i) => Math.Abs(value - filter[i / side % side] * filter[i % side]))
                .All(difference => difference <= Tolerance);
    }
}
