using System.Globalization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// What Keras' <c>model.summary()</c> tells, and more: layers, shapes, parameters, multiply-adds, receptive field.
/// </summary>
internal sealed class NetworkSummary
{
    private NetworkSummary(NetworkGraph graph, TensorShape input, IReadOnlyList<SummaryRow> rows)
    {
        (Graph, Input, Rows) = (graph, input, rows);
        Parameters = ParameterCounts.Of(graph);
        MultiplyAdds = MultiplyAdds.Of(graph, input);
        ReceptiveFieldSteps = Networks.ReceptiveField.Steps(graph);
    }

    /// <summary>The network.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>The input for which shapes and multiply-adds are given.</summary>
    public TensorShape Input { get; }

    /// <summary>The input and every layer, in the order of computation.</summary>
    public IReadOnlyList<SummaryRow> Rows { get; }

    /// <summary>The weights of the whole network.</summary>
    public ParameterCounts Parameters { get; }

    /// <summary>The multiply-adds for one image.</summary>
    public MultiplyAdds MultiplyAdds { get; }

    /// <summary>Side of the square of input pixels that one output value sees.</summary>
    public int ReceptiveField => Graph.ReceptiveField;

    /// <summary>The receptive field layer by layer.</summary>
    public IReadOnlyList<ReceptiveFieldStep> ReceptiveFieldSteps { get; }

    /// <summary>Summarises a network for the input that it was designed for.</summary>
    public static NetworkSummary Of(NetworkGraph graph) => Of(graph, graph.Input);

    /// <summary>Summarises a network for an input of that shape.</summary>
    /// <exception cref="ArgumentException">The network cannot read such an input; the message names the
    /// layer.</exception>
    public static NetworkSummary Of(NetworkGraph graph, TensorShape input)
    {
        var shapes = graph.Shapes(input);
        var rows = new List<SummaryRow> { new(null, NetworkGraph.InputName, "Input", input, default, default, []) };
        rows.AddRange(
            graph.Layers.Select(layer => new SummaryRow(
                layer,
                layer.Name,
                LayerDescription.Of(layer),
                shapes[layer.Name],
                ParameterCounts.Of(layer.Parameters),
                MultiplyAdds.Of(layer, shapes[layer.Inputs[0]], shapes[layer.Name]),
                layer.Inputs
            ))
        );
        return new(graph, input, rows);
    }

    /// <summary>The summary as a text of lines.</summary>
    public override string ToString() => SummaryText.Write(this);

    /// <summary>A count in groups of three digits: <c>54,413,955</c>.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>One line of a network's summary.</summary>
/// <param name="Layer">The layer; null for the input.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is, with what matters of its settings: <c>Conv 4x4 /2</c>.</param>
/// <param name="Output">The shape of its output.</param>
/// <param name="Parameters">Its weights.</param>
/// <param name="MultiplyAdds">Its multiply-adds for one image.</param>
/// <param name="Inputs">The layers that it reads.</param>
internal sealed record SummaryRow(
    Layer? Layer,
    string Name,
    string Type,
    TensorShape Output,
    ParameterCounts Parameters,
    MultiplyAdds MultiplyAdds,
    IReadOnlyList<string> Inputs
);
