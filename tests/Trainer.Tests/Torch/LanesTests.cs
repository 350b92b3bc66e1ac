using MlNetImageTranslation.TestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class LanesTests
{
    [Fact]
    public void CycleGan_on_two_threads_gives_the_bits_of_one_thread()
    {
        CompareThreads(
            (folder, threads) =>
            {
                var options = CycleGanTests.Tiny(folder);
                options.Dropout = false;
                options.Norm = Networks.NormalizationKind.Instance;
                options.Threads = threads;
                new CycleGanTrainer(options).Train();
            }
        );
    }

    [Fact]
    public void BiGan_on_two_threads_gives_the_bits_of_one_thread()
    {
        CompareThreads(
            (folder, threads) =>
            {
                var options = BiGanTests.Tiny(folder);
                options.Norm = Networks.NormalizationKind.Instance;
                options.Threads = threads;
                new BiGanTrainer(options).Train();
            }
        );
    }

    [Fact]
    public void Parts_that_may_run_together_do()
    {
        using var settings = new TorchSettings(2);
        using var lanes = new Lanes(torch.CPU);
        using var scope = torch.NewDisposeScope();
        using var both = new Barrier(2);
        var (first, second) = lanes.Run(together: true, () => Meet(1), () => Meet(2));
        Assert.Equal(1, first[0].item<float>());
        Assert.Equal(2, second[0].item<float>());

        Tensor[] Meet(float number)
        {
            Assert.Equal(1, torch.get_num_threads());
            Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1)), "the other part does not run");
            return [torch.tensor(number)];
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Other_parts_run_one_after_the_other(bool together, int threads)
    {
        using var settings = new TorchSettings(threads);
        using var lanes = new Lanes(torch.CPU);
        using var scope = torch.NewDisposeScope();
        int caller = Environment.CurrentManagedThreadId;
        var order = new List<int>();
        lanes.Run(together, () => Note(1), () => Note(2));
        Assert.Equal([1, 2], order);

        Tensor[] Note(int number)
        {
            Assert.Equal(caller, Environment.CurrentManagedThreadId);
            order.Add(number);
            return [torch.zeros(1)];
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Results_belong_to_the_callers_scope_and_all_else_is_freed(bool together)
    {
        using var settings = new TorchSettings(2);
        using var lanes = new Lanes(torch.CPU);
        Tensor? left = null;
        Tensor[] first,
            second;
        using (torch.NewDisposeScope())
        {
            (first, second) = lanes.Run(
                together,
                () =>
                {
                    left = torch.ones(3);
                    return [left.sum()];
                },
                () => [torch.zeros(1)]
            );
            Assert.True(left!.IsInvalid);
            Assert.Equal(3, first[0].item<float>());
        }
        Assert.True(first[0].IsInvalid);
        Assert.True(second[0].IsInvalid);
    }

    [Fact]
    public void A_part_that_fails_is_reported_after_the_other_has_ended()
    {
        using var settings = new TorchSettings(2);
        using var lanes = new Lanes(torch.CPU);
        using var scope = torch.NewDisposeScope();
        using var failed = new ManualResetEventSlim();
        bool ended = false;
        var thrown = Assert.Throws<InvalidDataException>(() =>
            lanes.Run(
                together: true,
                () =>
                {
                    failed.Set();
                    throw new InvalidDataException("broken");
                },
                () =>
                {
                    failed.Wait();
                    ended = true;
                    return [torch.zeros(1)];
                }
            )
        );
        Assert.Equal("broken", thrown.Message);
        Assert.True(ended);
        // The lanes go on.
        var (first, _) = lanes.Run(together: true, () => [torch.ones(1)], () => [torch.ones(1)]);
        Assert.Equal(1, first[0].item<float>());
    }

    // An operator on one thread of two lanes is an operator on one thread.
    private static void CompareThreads(Action<string, int> train)
    {
        using var folder = new TemporaryFolder();
        train(folder.File("one"), 1);
        train(folder.File("two"), 2);
        Assert.Equal(TinyRun.Hashes(folder.File("one")), TinyRun.Hashes(folder.File("two")));
    }
}
