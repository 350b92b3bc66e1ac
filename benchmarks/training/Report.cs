namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>Writes what a contest measured.</summary>
internal static class Report
{
    public static void Write(Contest contest)
    {
        WriteSide(contest.Ours);
        foreach (var side in contest.Theirs)
        {
            WriteSide(side);
        }

        foreach (var side in contest.Theirs)
        {
            WriteComparison(contest.Ours, side);
        }
    }

    private static void WriteSide(Side side)
    {
        double seconds = Median(side.Efforts.Select(effort => effort.Seconds));
        double work = Median(side.Efforts.Select(effort => effort.ProcessorSeconds));
        Console.WriteLine(
            $"  {side.Name, -10} {seconds * 1000, 8:0.0} ms/step  {1 / seconds, 7:0.00} steps/s  "
                + $"{work * 1000, 8:0.0} ms of processors/step  "
                + $"peak memory {side.EarlyPeak} MiB early, {side.Peak} MiB at the end"
        );
    }

    private static void WriteComparison(Side ours, Side theirs)
    {
        // Ratios within a round: whatever slows the machine for a while slows both.
        var rounds = theirs.Efforts.Zip(ours.Efforts).ToArray();
        double[] ratios = [.. rounds.Select(round => round.First.Seconds / round.Second.Seconds).Order()];
        double work = Median(rounds.Select(round => round.First.ProcessorSeconds / round.Second.ProcessorSeconds));
        double low = ratios[ratios.Length / 4];
        double high = ratios[ratios.Length * 3 / 4];
        Console.WriteLine(
            $"  ours is {Median(ratios):0.000} times as fast as {theirs.Name} "
                + $"(middle half of the rounds {low:0.000}..{high:0.000}); by processor time {work:0.000} times"
        );
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        int middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
