using System.Collections.Immutable;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Opens up a model's instance norms: the model then also gives the mean and the mean square of every norm's input,
/// and normalizes by a mean and a factor that it is given, or by its input's own: every norm as it is told.
/// </summary>
internal sealed class StatisticsModel
{
    private const string Prefix = "imt/norm";

    private StatisticsModel(byte[] bytes, float[] epsilons) => (Bytes, Epsilons) = (bytes, epsilons);

    /// <summary>The rewritten model.</summary>
    public byte[] Bytes { get; }

    /// <summary>What each norm adds to its variance; as many as there are norms.</summary>
    public float[] Epsilons { get; }

    public static string Mean(int norm) => $"{Prefix}{norm}/mean";

    public static string Square(int norm) => $"{Prefix}{norm}/square";

    public static string GivenMean(int norm) => $"{Prefix}{norm}/given_mean";

    public static string GivenFactor(int norm) => $"{Prefix}{norm}/given_factor";

    /// <summary>1 where the norm goes by what it is given, 0 where by its input's own statistics.</summary>
    public static string IsGiven(int norm) => $"{Prefix}{norm}/is_given";

    /// <summary>Rewrites a model.</summary>
    /// <param name="model">A model.</param>
    /// <param name="opset">The version of ONNX's operators in it.</param>
    public static StatisticsModel Write(ReadOnlySpan<byte> model, long opset)
    {
        var epsilons = new List<float>();
        using var result = new MemoryStream(model.Length + 65536);
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            if (fields.Field == 7)
                OnnxAdapter.Write(result, 7, Graph(fields.Bytes, opset, epsilons));
            else
                result.Write(fields.Raw);
        }
        return new(result.ToArray(), [.. epsilons]);
    }

    private static ReadOnlySpan<byte> Graph(ReadOnlySpan<byte> graph, long opset, List<float> epsilons)
    {
        var result = new MemoryStream(graph.Length + 65536);
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            if (fields.Field != 1 || Norm.Read(fields.Bytes) is not { } norm)
            {
                result.Write(fields.Raw);
                continue;
            }
            int number = epsilons.Count;
            epsilons.Add(norm.Epsilon);
            string square = $"{Prefix}{number}/squared";
            Node("Mul", [norm.Input, norm.Input], square);
            Average(norm.Input, Mean(number));
            Average(square, Square(number));
            string name = $"{Prefix}{number}/";
            // The input's own 1 / sqrt(variance + epsilon); rounding may make the variance less than nothing.
            Node("Mul", [Mean(number), Mean(number)], name + "mean_squared");
            Node("Sub", [Square(number), name + "mean_squared"], name + "variance");
            Node("Relu", [name + "variance"], name + "positive");
            Node("Add", [name + "positive", name + "epsilon"], name + "sum");
            Node("Sqrt", [name + "sum"], name + "deviation");
            Node("Reciprocal", [name + "deviation"], name + "factor");
            OnnxAdapter.Write(result, 5, OnnxTensor.Float(name + "epsilon", [1], () => [norm.Epsilon]));
            string mean = Choose(Mean(number), GivenMean(number), number),
                factor = Choose(name + "factor", GivenFactor(number), number);
            Node("Sub", [norm.Input, mean], name + "centered");
            Node("Mul", [name + "centered", factor], name + "normalized");
            Node("Reshape", [norm.Scale, Prefix + "/shape"], name + "scale");
            Node("Reshape", [norm.Shift, Prefix + "/shape"], name + "shift");
            Node("Mul", [name + "normalized", name + "scale"], name + "scaled");
            Node("Add", [name + "scaled", name + "shift"], norm.Output);
        }
        OnnxAdapter.Write(result, 5, OnnxTensor.Integers(Prefix + "/shape", 1, -1, 1, 1));
        OnnxAdapter.Write(result, 5, OnnxTensor.Integers(Prefix + "/axes", 2, 3));
        for (int i = 0; i < epsilons.Count; i++)
        {
            OnnxAdapter.Write(result, 12, Statistic(Mean(i)));
            OnnxAdapter.Write(result, 12, Statistic(Square(i)));
            OnnxAdapter.Write(result, 11, Statistic(GivenMean(i)));
            OnnxAdapter.Write(result, 11, Statistic(GivenFactor(i)));
            OnnxAdapter.Write(result, 11, new OnnxValue(new(IsGiven(i), OnnxElementType.Float, [1])));
        }
        return result.GetBuffer().AsSpan(0, (int)result.Length);

        void Node(string type, ImmutableArray<string> inputs, string output) =>
            OnnxAdapter.Write(result, 1, new OnnxNode(type, inputs, output));

        // own + is_given * (given - own): older versions have no choice between two tensors.
        string Choose(string own, string given, int norm)
        {
            Node("Sub", [given, own], given + "/difference");
            Node("Mul", [given + "/difference", IsGiven(norm)], given + "/change");
            Node("Add", [own, given + "/change"], given + "/chosen");
            return given + "/chosen";
        }

        // From opset 18 on, the axes are an input.
        void Average(string input, string output) =>
            OnnxAdapter.Write(
                result,
                1,
                opset >= 18
                    ? new OnnxNode("ReduceMean", [input, Prefix + "/axes"], output)
                    : new OnnxNode("ReduceMean", [input], output, OnnxAttribute.Integers("axes", 2, 3))
            );
    }

    private static OnnxValue Statistic(string name) =>
        new(new(name, OnnxElementType.Float, [1, name + "/channels", 1, 1]));

    /// <summary>An InstanceNormalization.</summary>
    private sealed record Norm(string Input, string Scale, string Shift, string Output, float Epsilon)
    {
        /// <summary>Reads a node; null where it is another operator.</summary>
        public static Norm? Read(ReadOnlySpan<byte> node)
        {
            var inputs = new List<string>();
            string output = "",
                type = "",
                domain = "";
            float epsilon = 1e-5f;
            var fields = new ProtobufReader(node);
            while (fields.Next())
            {
                if (fields.Field == 1)
                    inputs.Add(fields.Text);
                if (fields.Field == 2)
                    output = fields.Text;
                if (fields.Field == 4)
                    type = fields.Text;
                if (fields.Field == 7)
                    domain = fields.Text;
                if (fields.Field == 5 && ReadEpsilon(fields.Bytes) is { } value)
                    epsilon = value;
            }
            return type == "InstanceNormalization" && (domain is "" or "ai.onnx") && inputs.Count == 3
                ? new(inputs[0], inputs[1], inputs[2], output, epsilon)
                : null;
        }

        private static float? ReadEpsilon(ReadOnlySpan<byte> attribute)
        {
            bool named = false;
            float? value = null;
            var fields = new ProtobufReader(attribute);
            while (fields.Next())
            {
                if (fields.Field == 1)
                    named = fields.Text == "epsilon";
                if (fields.Field == 2)
                    value = BitConverter.Int32BitsToSingle((int)fields.Number);
            }
            return named ? value : null;
        }
    }
}
