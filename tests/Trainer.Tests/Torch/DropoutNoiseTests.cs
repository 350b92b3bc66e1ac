using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class DropoutNoiseTests
{
    [Fact]
    public void On_a_GPU_the_generators_of_all_GPUs_are_seeded()
    {
        var seeds = new List<long>();
        using var noise = new DropoutNoise(DeviceType.CUDA, seeds.Add);
        noise.Seed(7);
        noise.Seed(long.MaxValue);
        Assert.Equal([7, long.MaxValue], seeds);
        Assert.Null(noise.Generator);
    }

    [Fact]
    public void On_the_CPU_one_seed_gives_the_same_numbers_twice_and_leaves_other_generators_alone()
    {
        using var scope = torch.NewDisposeScope();
        using var noise = new DropoutNoise(DeviceType.CPU, _ => Assert.Fail("There is no GPU to seed."));
        using var other = new DropoutNoise(DeviceType.CPU);
        other.Seed(3);
        float[] first = Draw(noise, 7);
        Assert.Equal(first, Draw(noise, 7));
        Assert.NotEqual(first, Draw(noise, 8));
        float[] untouched = torch.zeros([64]).bernoulli_(0.5, other.Generator!).data<float>().ToArray();
        other.Seed(3);
        Assert.Equal(untouched, torch.zeros([64]).bernoulli_(0.5, other.Generator!).data<float>().ToArray());
    }

    private static float[] Draw(DropoutNoise noise, long seed)
    {
        noise.Seed(seed);
        return torch.zeros([64]).bernoulli_(0.5, noise.Generator!).data<float>().ToArray();
    }
}
