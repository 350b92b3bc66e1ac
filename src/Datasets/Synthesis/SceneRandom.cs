namespace MlNetImageTranslation.Datasets;

/// <summary>The random numbers that a scene is made from.</summary>
internal sealed class SceneRandom(ulong seed) : SplitMix64(seed)
{
    /// <summary>A generator for a part of the scene: what one part draws does not shift what another gets.</summary>
    public static SceneRandom For(long seed, int part) => new(SeedOf(seed, part));

    /// <summary>In [0, 1).</summary>
    public float Next() => (NextBits() >> 40) / (float)(1 << 24);

    /// <summary>In [low, high).</summary>
    public float Next(float low, float high) => low + (high - low) * Next();

    /// <summary>In 0..count-1.</summary>
    public int Next(int count) => (int)(Next() * count);

    public bool Chance(float probability) => Next() < probability;

    /// <summary>Roughly normal with standard deviation 1: the sum of three uniform numbers.</summary>
    public float NextNormal() => (Next() + Next() + Next() - 1.5f) * 2f;
}
