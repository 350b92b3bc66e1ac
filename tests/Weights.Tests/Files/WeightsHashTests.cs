using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Weights.Tests;

public sealed class WeightsHashTests
{
    [Fact]
    public void Equals_its_definition_in_Python()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("hashlib") is not null, PythonOracle.WhyMissing("hashlib") ?? "");
        var weights = new StateDict
        {
            ["größe.weight"] = new([2, 3], [1, -2.5f, 0, float.Epsilon, 1e30f, -0f]),
            ["b"] = new([], [7]),
        };
        var expected = PythonOracle.Run(
            """
            import hashlib, struct
            h = hashlib.sha256()
            for name, shape, values in [("größe.weight", [2, 3], [1, -2.5, 0, 1.401298464324817e-45, 1e30, -0.0]), ("b", [], [7])]:
                name = name.encode()
                h.update(struct.pack("<i", len(name)) + name + struct.pack("<i", len(shape)) + struct.pack(f"<{len(shape)}i", *shape) + struct.pack(f"<{len(values)}f", *values))
            print(h.hexdigest())
            """
        );
        Assert.Equal(expected.Trim(), weights.ComputeHash());
    }

    [Fact]
    public void Depends_on_names_shapes_values_and_order()
    {
        StateDict first = new() { ["a"] = new([2], [1, 2]), ["b"] = new([2], [3, 4]) };
        StateDict[] others =
        [
            new() { ["b"] = new([2], [3, 4]), ["a"] = new([2], [1, 2]) },
            new() { ["a"] = new([2], [1, 2]), ["c"] = new([2], [3, 4]) },
            new() { ["a"] = new([2, 1], [1, 2]), ["b"] = new([2], [3, 4]) },
            new() { ["a"] = new([2], [1, 2]), ["b"] = new([2], [3, 5]) },
        ];
        Assert.Equal(5, others.Append(first).Select(weights => weights.ComputeHash()).Distinct().Count());
    }
}
