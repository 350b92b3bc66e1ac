using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class OpenMpTeamTests
{
    [Fact]
    public void A_part_runs_in_each_thread()
    {
        TrainingProcess.LoadTorch();
        using var together = new Barrier(2);
        // Each waits for the other one: in one thread they would not both come.
        OpenMpTeam.OfTorch.Run(2, () => Assert.True(together.SignalAndWait(TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void Failures_come_back_from_native_threads()
    {
        TrainingProcess.LoadTorch();
        var failure = Assert.Throws<InvalidOperationException>(() =>
            OpenMpTeam.OfTorch.Run(2, () => throw new InvalidOperationException("of a part"))
        );
        Assert.Equal("of a part", failure.Message);
    }

    [Fact]
    public void Torch_computes_beside_it()
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(2);
        try
        {
            using var ones = torch.ones(1 << 20);
            int runs = 0;
            OpenMpTeam.OfTorch.Run(2, () => Interlocked.Increment(ref runs));
            using var sum = ones.sum();
            Assert.Equal(1 << 20, sum.item<float>());
            Assert.Equal(2, runs);
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}
