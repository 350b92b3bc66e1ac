using System.Text;
using System.Text.Json;
using MlNetImageTranslation.TestSupport;
using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>Values and gradients of operators equal PyTorch's (Debian's python3-torch, on the same libtorch).</summary>
public sealed class OperatorTests
{
    private static readonly Lazy<Dictionary<string, double[][]>> Expected = new(Ask);

    public static TheoryData<string> Cases => new(OperatorCases.All.Select(one => one.Python));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_PyTorch(string python)
    {
        var why = PythonOracle.WhyMissing("torch");
        Assert.SkipWhen(why is not null, why ?? "");
        var expected = Expected.Value[python];
        var one = OperatorCases.All.Single(candidate => candidate.Python == python);
        using var scope = NewDisposeScope();
        var (x, w, b, t) = OperatorCase.Make();
        var result = one.Compute(x, w, b, t);
        AssertNear(expected[0], result, "value");
        if (!one.Differentiable) return;
        result.square().sum().backward();
        AssertNear(expected[1], x.grad, "gradient of x");
        AssertNear(expected[2], w.grad, "gradient of w");
        AssertNear(expected[3], b.grad, "gradient of b");
    }

    private static void AssertNear(double[] expected, Tensor? actual, string what)
    {
        var values = actual is null ? [] : actual.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        Assert.True(expected.Length == values.Length, $"{what}: {values.Length} values, expected {expected.Length}");
        double scale = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - expected[i]) <= 1e-5 + 1e-5 * scale, $"{what}[{i}] is {values[i]}, expected {expected[i]}");
    }

    private static Dictionary<string, double[][]> Ask()
    {
        var script = new StringBuilder(OperatorCase.Inputs).AppendLine().AppendLine("""
            import json
            results = {}
            def flat(value): return [] if value is None else value.detach().double().flatten().tolist()
            def run(name, f, differentiable):
                x, w, b, t = inputs()
                y = f(x, w, b, t)
                results[name] = [flat(y)]
                if differentiable:
                    y.square().sum().backward()
                    results[name] += [flat(x.grad), flat(w.grad), flat(b.grad)]
            """);
        foreach (var one in OperatorCases.All)
            script.AppendLine($"run({JsonSerializer.Serialize(one.Python)}, lambda x, w, b, t: {one.Python}, {(one.Differentiable ? "True" : "False")})");
        script.AppendLine("print(json.dumps(results))");
        return JsonSerializer.Deserialize<Dictionary<string, double[][]>>(PythonOracle.Run(script.ToString()))!;
    }
}
