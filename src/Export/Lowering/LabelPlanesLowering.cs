using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Export;

/// <summary>Writes label planes as ONNX operators.</summary>
internal static class LabelPlanesLowering
{
    /// <summary>Appends the layer; returns the name of its output.</summary>
    public static string Append(GraphWriter writer, LabelPlanesLayer layer, string input)
    {
        string name = layer.Name;
        var shifted = writer.Node("Add", name + ".shifted", [input, writer.Scalar(1)]);
        var scaled = writer.Node("Mul", name + ".scaled", [shifted, writer.Scalar(127.5f)]);
        var levels = writer.Node("Round", name + ".levels", [scaled]);
        // As convolutions of one pixel: all numbers are whole and exact, even where the runtime multiplies in TF32.
        var distances = layer.Distances();
        var weights = new float[distances.Length * layer.InputChannels];
        for (int i = 0; i < distances.Length; i++)
        {
            int at = i * layer.InputChannels;
            (weights[at], weights[at + 1], weights[at + 2]) = (distances[i].Red, distances[i].Green, distances[i].Blue);
        }
        var distance = writer.Node(
            "Conv",
            name + ".distances",
            [
                levels,
                writer.Constant(name + ".colors", [distances.Length, layer.InputChannels, 1, 1], weights),
                writer.Constant(
                    name + ".offsets",
                    [distances.Length],
                    Array.ConvertAll(distances, color => color.Offset)
                ),
            ],
            OnnxAttribute.Integers("kernel_shape", 1, 1)
        );
        var nearest = writer.Node(
            "ArgMin",
            name + ".nearest",
            [distance],
            OnnxAttribute.Integer("axis", 1),
            OnnxAttribute.Integer("keepdims", 1)
        );
        var number = ToFloat(name + ".number", nearest);
        var numbers = writer.Constant(
            name + ".numbers",
            [1, layer.Colors.Length, 1, 1],
            [.. Enumerable.Range(0, layer.Colors.Length).Select(i => (float)i)]
        );
        var planes = ToFloat(name + ".planes", writer.Node("Equal", name + ".isnearest", [number, numbers]));
        return layer.Edges
            ? writer.Node("Concat", name, [planes, Edges(levels)], OnnxAttribute.Integer("axis", 1))
            : planes;

        string ToFloat(string output, string value) =>
            writer.Node("Cast", output, [value], OnnxAttribute.Integer("to", (int)OnnxElementType.Float));

        string Edges(string image)
        {
            var key = writer.Node(
                "Conv",
                name + ".instances",
                [image, writer.Constant(name + ".key", [1, 6, 1, 1], [0, 0, 0, 65536, 256, 1])],
                OnnxAttribute.Integers("kernel_shape", 1, 1)
            );
            var padded = writer.Node(
                "Pad",
                name + ".padded",
                [key, writer.Integers(0, 0, 1, 1, 0, 0, 1, 1)],
                OnnxAttribute.Text("mode", "edge")
            );
            string? same = null;
            foreach (
                var (side, y, x) in (ReadOnlySpan<(string, int, int)>)
                    [("up", 0, 1), ("left", 1, 0), ("right", 1, 2), ("down", 2, 1)]
            )
            {
                // Of the padded image, all but what is cut off at the other end.
                var neighbour = writer.Node(
                    "Slice",
                    $"{name}.{side}",
                    [padded, writer.Integers(y, x), writer.Integers(End(y), End(x)), writer.Integers(2, 3)]
                );
                var equal = writer.Node("Equal", $"{name}.{side}.same", [neighbour, key]);
                same = same is null ? equal : writer.Node("And", $"{name}.{side}.all", [same, equal]);
            }
            return ToFloat(name + ".edges", writer.Node("Not", name + ".differs", [same!]));
        }
    }

    private static long End(int start) => start == 2 ? int.MaxValue : start - 2;
}
