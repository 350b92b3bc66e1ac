namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>Orders of methods, and how much two of them agree.</summary>
internal static class Ranking
{
    /// <summary>The rank of each value, 1 for the best; equal values share the better rank.</summary>
    public static int[] Ranks(IReadOnlyList<double> values, bool moreIsBetter) =>
        [.. values.Select(value => 1 + values.Count(other => moreIsBetter ? other > value : other < value))];

    /// <summary>
    /// Kendall's rank correlation of two lists of values: 1 where they have the same order, -1 where it is reversed.
    /// It is tau-b, which allows for equal values (Kendall 1945); not a number where all values of a list are equal.
    /// </summary>
    public static double KendallTau(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        int agreement = 0;
        int unequalInA = 0;
        int unequalInB = 0;
        for (int i = 0; i < a.Count; i++)
        for (int j = 0; j < i; j++)
        {
            int inA = a[i].CompareTo(a[j]);
            int inB = b[i].CompareTo(b[j]);
            agreement += inA * inB;
            unequalInA += inA * inA;
            unequalInB += inB * inB;
        }

        return agreement / Math.Sqrt((double)unequalInA * unequalInB);
    }

    /// <summary>The mean of <see cref="KendallTau"/> over all pairs of lists.</summary>
    public static double MeanKendallTau(IReadOnlyList<IReadOnlyList<double>> lists) =>
        lists.SelectMany((a, i) => lists.Skip(i + 1).Select(b => KendallTau(a, b))).Average();

    /// <summary>
    /// The places that all lists leave to each value: after those that are better in every list, and before those that
    /// are worse in every list.
    /// </summary>
    public static (int Best, int Worst)[] Places(IReadOnlyList<IReadOnlyList<double>> lists, bool moreIsBetter)
    {
        int count = lists[0].Count;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    (
                        1 + Enumerable.Range(0, count).Count(other => IsAhead(other, i)),
                        count - Enumerable.Range(0, count).Count(other => IsAhead(i, other))
                    )
                ),
        ];

        bool IsAhead(int a, int b) => lists.All(list => moreIsBetter ? list[a] > list[b] : list[a] < list[b]);
    }

    /// <summary>How many pairs have the same order in all lists, and how many pairs there are.</summary>
    public static (int Settled, int All) Pairs(IReadOnlyList<IReadOnlyList<double>> lists)
    {
        int settled = 0;
        int all = 0;
        for (int i = 0; i < lists[0].Count; i++)
        for (int j = 0; j < i; j++)
        {
            int[] orders = [.. lists.Select(list => list[i].CompareTo(list[j])).Distinct()];
            settled += orders is [not 0] ? 1 : 0;
            all++;
        }

        return (settled, all);
    }
}
