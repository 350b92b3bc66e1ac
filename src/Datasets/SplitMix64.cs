namespace MlNetImageTranslation.Datasets;

/// <summary>A small random generator whose numbers stay the same on every version of .NET.</summary>
internal class SplitMix64(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(seed + Step);

    /// <summary>The seed of one of several independent generators that share a seed.</summary>
    public static ulong SeedOf(long seed, int part) => Mix((ulong)seed * 0xD1342543DE82EF95 + (ulong)part + 1);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += Step;
        return Mix(_state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
