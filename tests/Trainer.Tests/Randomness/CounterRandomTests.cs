namespace MlNetImageTranslation.Trainer.Tests;

public sealed class CounterRandomTests
{
    // Known answers of Random123's kat_vectors for philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u,
        0x85a308d3u,
        0x13198a2eu,
        0x03707344u,
        0xa4093822u,
        0x299f31d0u,
        0xd16cfe09u,
        0x94fdccebu,
        0x5001e420u,
        0x24126ea1u
    )]
    public void Philox_gives_the_published_answers(
        uint c0,
        uint c1,
        uint c2,
        uint c3,
        uint k0,
        uint k1,
        uint a,
        uint b,
        uint c,
        uint d
    ) => Assert.Equal((a, b, c, d), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void A_permutation_holds_every_number_once_and_depends_on_the_epoch()
    {
        int[] first = new CounterRandom(7, RandomStream.Shuffle, 0).Permutation(100),
            second = new CounterRandom(7, RandomStream.Shuffle, 1).Permutation(100);
        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.Equal(first, new CounterRandom(7, RandomStream.Shuffle, 0).Permutation(100));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Bounded_numbers_are_uniform()
    {
        var random = new CounterRandom(1, RandomStream.Augmentation);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
            counts[random.NextInt32(7)]++;
        // Chi squared with 6 degrees of freedom is above 22.5 once in a thousand.
        Assert.True(counts.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000) < 22.5);
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_deviation_1_and_do_not_repeat_over_chunks()
    {
        var values = new float[200_001];
        CounterRandom.Normal(3, RandomStream.Generator, 0, values);
        double mean = values.Average(value => (double)value),
            variance = values.Average(value => (double)value * value),
            kurtosis = values.Average(value => Math.Pow(value, 4));
        Assert.InRange(mean, -0.01, 0.01);
        Assert.InRange(variance, 0.99, 1.01);
        Assert.InRange(kurtosis, 2.93, 3.07);
        Assert.Equal(values.Length, values.Distinct().Count(), 2000.0);
        var beginning = new float[10];
        CounterRandom.Normal(3, RandomStream.Generator, 0, beginning);
        Assert.Equal(values[..10], beginning);
    }
}
