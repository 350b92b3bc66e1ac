using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Opens up a model's instance norms: the model then also gives the mean and the mean square of every norm's input,
/// and normalizes by a mean and a factor that it is given, or by its input's own: every norm as it is told.
/// </summary>
internal sealed class StatisticsModel
{
    private StatisticsModel(byte[] bytes, ImmutableArray<float> epsilons, NormTensors names)
    {
        Bytes = bytes;
        Epsilons = epsilons;
        Names = names;
    }

    /// <summary>The rewritten model.</summary>
    public byte[] Bytes { get; }

    /// <summary>What each norm adds to its variance; as many as there are norms.</summary>
    public ImmutableArray<float> Epsilons { get; }

    /// <summary>The names of the inputs and outputs that it has beside the model's.</summary>
    public NormTensors Names { get; }

    /// <summary>Rewrites a model.</summary>
    /// <param name="model">A model.</param>
    /// <param name="opset">The version of ONNX's operators in it.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static StatisticsModel Write(ReadOnlySpan<byte> model, long opset) =>
        OnnxMessages.Use(model, document => Write(document, opset));

    private static StatisticsModel Write(ModelProto document, long opset)
    {
        var graph = document.Graph;
        var names = new NormTensors(OnnxNames.FreePrefix(graph, NormTensors.UsualPrefix));
        var constants = new GraphConstants(graph);
        // Only how many dimensions there are matters.
        var shapes = new NominalShapes(graph, constants, new(256, 256));
        var epsilons = new List<float>();
        var nodes = new List<NodeProto>();
        foreach (var node in graph.Node)
        {
            if (!node.Is("InstanceNormalization") || node.Input.Count != 3)
            {
                nodes.Add(node);
                continue;
            }
            float epsilon = node.Find("epsilon")?.F ?? 1e-5f;
            new NormNodes(nodes, names, epsilons.Count, opset).Append(
                node,
                constants.Type(node.Input[1]) ?? OnnxElementType.Float,
                isImage: shapes.Find(node.Input[0]) is { Length: 4 }
            );
            graph.Initializer.Add(OnnxTensor.Float(NormNodes.Epsilon(names, epsilons.Count), [1], [epsilon]));
            epsilons.Add(epsilon);
        }
        graph.Node.Clear();
        graph.Node.Add(nodes);
        graph.Initializer.Add(OnnxTensor.Integers(NormNodes.ChannelShape(names), 1, -1, 1, 1));
        graph.Initializer.Add(OnnxTensor.Integers(NormNodes.RowShape(names), 0, 0, -1, 1));
        graph.Initializer.Add(OnnxTensor.Integers(NormNodes.Axes(names), 2, 3));
        for (int norm = 0; norm < epsilons.Count; norm++)
        {
            graph.Output.Add([Statistic(names.Mean(norm)), Statistic(names.Square(norm))]);
            graph.Input.Add([Statistic(names.GivenMean(norm)), Statistic(names.GivenFactor(norm))]);
            graph.Input.Add(OnnxValue.Of(new(names.IsGiven(norm), OnnxElementType.Float, [1])));
        }
        return new(OnnxMessages.ToArray(document), [.. epsilons], names);
    }

    private static ValueInfoProto Statistic(string name) =>
        OnnxValue.Of(new(name, OnnxElementType.Float, [1, name + "/channels", 1, 1]));
}
