namespace MlNetImageTranslation.Trainer;

/// <summary>Which images are held out for validation: a random choice that depends on the seed only.</summary>
internal static class ValidationSplit
{
    /// <summary>The indices to train on and those held out, each in ascending order; at least one of each.</summary>
    /// <exception cref="InvalidDataException">There are fewer than two images.</exception>
    public static (int[] Training, int[] Validation) Of(int count, double fraction, long seed)
    {
        if (count < 2)
            throw new InvalidDataException($"A validation fraction needs two images or more, but there are {count}.");
        int held = Math.Clamp((int)Math.Round(count * fraction), 1, count - 1);
        var order = new CounterRandom(seed, RandomStream.ValidationSplit).Permutation(count);
        return ([.. order[held..].Order()], [.. order[..held].Order()]);
    }
}
