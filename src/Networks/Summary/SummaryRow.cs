namespace MlNetImageTranslation.Networks;

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
