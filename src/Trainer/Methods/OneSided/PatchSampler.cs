namespace MlNetImageTranslation.Trainer;

/// <summary>Draws the places at which CUT compares features.</summary>
internal static class PatchSampler
{
    /// <summary>
    /// Different numbers from 0 up to but not <paramref name="available"/>: <paramref name="wanted"/> of them, or all
    /// where there are fewer, in random order.
    /// </summary>
    public static long[] Draw(int available, int wanted, CounterRandom random)
    {
        // The beginning of a Fisher-Yates shuffle; only the places that were exchanged are remembered.
        var moved = new Dictionary<int, int>();
        var drawn = new long[Math.Min(available, wanted)];
        for (int i = 0; i < drawn.Length; i++)
        {
            int place = i + random.NextInt32(available - i);
            drawn[i] = moved.GetValueOrDefault(place, place);
            moved[place] = moved.GetValueOrDefault(i, i);
        }
        return drawn;
    }
}
