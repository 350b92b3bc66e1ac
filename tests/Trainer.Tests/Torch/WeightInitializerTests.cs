using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class WeightInitializerTests
{
    private static readonly NetworkGraph s_graph = new NetworkBuilder("test", new(16, 32, 32))
        .Convolution("down", 32, 4, 2, Padding.All(1))
        .Normalization("norm", NormalizationKind.Batch)
        .TransposedConvolution("up", 8, 4, 2, Padding.All(1))
        .Build();

    // Fans as torch.nn.init._calculate_fan_in_and_fan_out has them: dimension 1 is "in" for transposed convolutions
    // too.
    [Theory]
    [InlineData(InitializationKind.Normal, 0.02, "down.weight", 0.02)]
    [InlineData(InitializationKind.Xavier, 0.5, "down.weight", 0.5 * 0.051031)]
    [InlineData(InitializationKind.Kaiming, 0.5, "down.weight", 0.088388)]
    [InlineData(InitializationKind.Kaiming, 0.5, "up.weight", 0.125)]
    public void Weights_have_the_deviation_of_their_kind(
        InitializationKind kind,
        double gain,
        string name,
        double deviation
    )
    {
        var values = WeightInitializer.Create(s_graph, kind, gain, 3)[name].Values;
        Assert.Equal(deviation, Math.Sqrt(values.Average(value => (double)value * value)), deviation * 0.05);
        Assert.Equal(0, values.Average(), deviation * 0.1);
    }

    [Theory]
    [InlineData("down.weight")]
    [InlineData("up.weight")]
    public void Orthogonal_rows_are_orthogonal_and_of_length_gain(string name)
    {
        var tensor = WeightInitializer.Create(s_graph, InitializationKind.Orthogonal, 0.3, 3)[name];
        int rows = tensor.Shape[0],
            columns = tensor.Values.Length / rows;
        for (int i = 0; i < rows; i++)
        for (int j = 0; j <= i; j++)
        {
            double dot = 0;
            for (int k = 0; k < columns; k++)
                dot += (double)tensor.Values[i * columns + k] * tensor.Values[j * columns + k];
            Assert.Equal(i == j ? 0.09 : 0, dot, 1e-6);
        }
    }

    [Fact]
    public void Norms_and_biases_begin_as_in_the_reference()
    {
        var state = WeightInitializer.Create(s_graph, seed: 3);
        Assert.All(state["down.bias"].Values, value => Assert.Equal(0, value));
        Assert.All(state["norm.bias"].Values, value => Assert.Equal(0, value));
        Assert.All(state["norm.running_var"].Values, value => Assert.Equal(1, value));
        Assert.Equal(1, state["norm.weight"].Values.Average(), 0.02);
        Assert.True(state["norm.weight"].Values.Distinct().Count() > 20);
    }

    [Fact]
    public void Networks_of_different_roles_begin_differently() =>
        Assert.NotEqual(
            WeightInitializer.Create(s_graph, seed: 3)["down.weight"].Values,
            WeightInitializer.Create(s_graph, seed: 3, stream: RandomStream.SecondGenerator)["down.weight"].Values
        );

    [Fact]
    public void Tall_matrices_get_orthogonal_columns()
    {
        var values = new float[12];
        CounterRandom.Normal(1, RandomStream.Generator, 0, values);
        Orthogonalization.Rows(values, 6, 2, 1);
        double Dot(int i, int j) =>
            Enumerable.Range(0, 6).Sum(row => (double)values[2 * row + i] * values[2 * row + j]);
        Assert.Equal(1, Dot(0, 0), 1e-6);
        Assert.Equal(1, Dot(1, 1), 1e-6);
        Assert.Equal(0, Dot(0, 1), 1e-6);
    }
}
