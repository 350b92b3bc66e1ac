namespace MlNetImageTranslation.Datasets;

/// <summary>SplitMix64: a small generator whose numbers stay the same on every version of .NET.</summary>
internal sealed class SceneRandom(ulong seed)
{
    private ulong _state = Mix(seed + 0x9E3779B97F4A7C15);

    /// <summary>A generator for a part of the scene: what one part draws does not shift what another gets.</summary>
    public static SceneRandom For(long seed, int part) => new(Mix((ulong)seed * 0xD1342543DE82EF95 + (ulong)part + 1));

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>In [0, 1).</summary>
    public float Next() => (NextBits() >> 40) / (float)(1 << 24);

    /// <summary>In [low, high).</summary>
    public float Next(float low, float high) => low + (high - low) * Next();

    /// <summary>In 0..count-1.</summary>
    public int Next(int count) => (int)(Next() * count);

    public bool Chance(float probability) => Next() < probability;

    /// <summary>Roughly normal with standard deviation 1: the sum of three uniform numbers.</summary>
    public float NextNormal() => (Next() + Next() + Next() - 1.5f) * 2f;

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
