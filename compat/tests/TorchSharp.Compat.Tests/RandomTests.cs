using MlNetImageTranslation.TestSupport;
using System.Text.Json;
using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>The same seed gives PyTorch's numbers. The global generator is shared, so these tests are one.</summary>
public sealed class RandomTests
{
    [Fact]
    public void Seeds_give_the_numbers_of_PyTorch()
    {
        var why = PythonOracle.WhyMissing("torch");
        Assert.SkipWhen(why is not null, why ?? "");
        var expected = JsonSerializer.Deserialize<double[][]>(PythonOracle.Run("""
            import torch, json
            g = torch.Generator(); g.manual_seed(7)
            out = [torch.randn(4, generator=g), torch.rand(2, 2, generator=g), torch.randperm(6, generator=g), torch.randint(3, 9, (5,), generator=g)]
            out.append(torch.zeros(3).uniform_(-2, 5, generator=g)); out.append(torch.zeros(3).normal_(1, 3, generator=g))
            print(json.dumps([t.double().flatten().tolist() for t in out]))
            """))!;
        using var scope = NewDisposeScope();
        using var generator = new Generator();
        generator.manual_seed(7);
        Tensor[] actual =
        [
            randn([4], generator: generator), rand(2, 2, generator: generator), randperm(6, generator: generator),
            randint(3, 9, [5], generator: generator), zeros(3).uniform_(-2, 5, generator), zeros(3).normal_(1, 3, generator),
        ];
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i].to(ScalarType.Float64).data<double>().ToArray());
    }

    [Fact]
    public void The_state_of_a_generator_can_be_taken_and_put_back()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        var state = generator.get_state();
        var first = randn([3], generator: generator);
        generator.set_state(state);
        Assert.True(first.allclose(randn([3], generator: generator), 0, 0));
    }
}
