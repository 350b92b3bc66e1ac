namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Sessions with the operator are used by many threads at once.</summary>
public sealed class OperatorSessionTests(OperatorModels models) : IClassFixture<OperatorModels>
{
    [Fact]
    public void Many_callers_get_what_one_gets()
    {
        (int Images, int Height, int Width)[] sizes = [(1, 8, 8), (1, 37, 50), (2, 19, 6), (1, 64, 96), (3, 2, 2)];
        using var session = new KernelSession(File.ReadAllBytes(models.File("network")), threads: 2);
        var expected = Array.ConvertAll(sizes, Run);
        Assert.All(expected, values => Assert.Contains(values, value => value != 0));
        Parallel.For(
            0,
            40,
            new ParallelOptions { MaxDegreeOfParallelism = 5 },
            i => Assert.Equal(expected[i % sizes.Length], Run(sizes[i % sizes.Length]))
        );

        float[] Run((int Images, int Height, int Width) size)
        {
            var input = new float[size.Images * 3 * size.Height * size.Width];
            var random = new Random(size.Height);
            for (int i = 0; i < input.Length; i++)
                input[i] = random.NextSingle() - 0.5f;
            return session.Run(input, size.Images, 3, size.Height, size.Width)[0].Items;
        }
    }
}
