namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// The operator of this library's own gives what PyTorch gives in double precision, and the same to the last bit
/// whatever the number of threads.
/// </summary>
public sealed class ConvolutionOperatorTests(ConvolutionModels models) : IClassFixture<ConvolutionModels>
{
    /// <summary>
    /// Of the largest sum of the magnitudes of what is summed up: float32 has 24 bits, of which the transforms cost
    /// some.
    /// </summary>
    private const double Tolerance = 5e-6;

    public static TheoryData<string> Names => [.. ConvolutionCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_what_PyTorch_gives(string name)
    {
        var (model, input) = models.Of(name);
        var (expected, largest) = models.Expected(name);
        using var session = new KernelSession(model, threads: 3);
        var results = session.Run(input, [.. ConvolutionCases.All[name].Shape]);
        Assert.Equal(3, results.Length);
        Assert.Equal(expected.Shape, results[0].Shape);
        double bound = Tolerance * largest;
        for (int i = 0; i < expected.Items.Length; i++)
            if (!(Math.Abs(results[0].Items[i] - expected.Items[i]) <= bound))
                Assert.Fail($"Value {i} is {results[0].Items[i]}, not {expected.Items[i]} within {bound}.");
        foreach (var other in results[1..])
        {
            Assert.Equal(results[0].Shape, other.Shape);
            Assert.True(results[0].Items.AsSpan().SequenceEqual(other.Items), "More threads give other values.");
        }
    }

    [Fact]
    public void The_cases_take_every_way()
    {
        foreach (var form in ConvolutionCases.All.Values.GroupBy(one => (one.Kernel, one.Stride, one.Transposed)))
        {
            Assert.Contains(form, one => Factors(one) > ManagedOperator.MostReadyFactors);
            Assert.Contains(form, one => Factors(one) <= ManagedOperator.MostReadyFactors);
            Assert.Contains(form, one => Ranges(one) > 1);
            Assert.Contains(form, one => one.Slope is > 0 and < 1 || one.Slope == 0);
            Assert.Contains(form, one => one.Shape[0] > 1);
        }
        Assert.Equal(
            8,
            ConvolutionCases.All.Values.DistinctBy(one => (one.Kernel, one.Stride, one.Transposed)).Count()
        );
    }

    private static long Factors(ConvolutionCase one) =>
        one.Winograd.Taps switch
        {
            2 => WinogradWeights<FilteringOfTwo>.Panels(one.Winograd, one.Transposed).Size,
            3 => WinogradWeights<FilteringOfThree>.Panels(one.Winograd, one.Transposed).Size,
            _ => WinogradWeights<FilteringOfFour>.Panels(one.Winograd, one.Transposed).Size,
        };

    private static int Ranges(ConvolutionCase one) =>
        one.Winograd.Taps switch
        {
            2 => WinogradPass<FilteringOfTwo>.Ranges(one.Winograd, ConvolutionKernel.MostFactors).Count(),
            3 => WinogradPass<FilteringOfThree>.Ranges(one.Winograd, ConvolutionKernel.MostFactors).Count(),
            _ => WinogradPass<FilteringOfFour>.Ranges(one.Winograd, ConvolutionKernel.MostFactors).Count(),
        };
}
