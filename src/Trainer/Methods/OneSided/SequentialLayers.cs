namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The layers of a generator by the numbers that CUT's reference gives them: positions in one sequence, in which a
/// residual block is one member.
/// </summary>
internal static class SequentialLayers
{
    /// <summary>The names of the layers with these numbers.</summary>
    /// <remarks>
    /// The reference's ReLUs overwrite what they read: a number that means a norm before a ReLU (8 in a ResNet) gives
    /// the ReLU's output there, and so it does here.
    /// </remarks>
    /// <exception cref="ArgumentException">The network is no sequence up to a number, or has fewer members.</exception>
    public static IReadOnlyList<string> Names(NetworkGraph graph, IReadOnlyList<int> numbers)
    {
        var members = Members(graph).Take(numbers.Max() + 2).ToArray();
        return
        [
            .. numbers.Select(number =>
                number >= members.Length
                    ? throw new ArgumentException(
                        FormattableString.Invariant(
                            $"Network '{graph.Name}' has {members.Length} layers in sequence, but layer {number} (from "
                        ) + "0) was asked for."
                    )
                : number + 1 < members.Length
                && members[number + 1] is ActivationLayer { Kind: ActivationKind.Relu } activation
                    ? activation.Name
                : members[number].Name
            ),
        ];
    }

    // The last layer of every member.
    private static IEnumerable<Layer> Members(NetworkGraph graph)
    {
        string before = NetworkGraph.InputName;
        for (int i = 0; i < graph.Layers.Length; i++)
        {
            int sum = EndOfBlock(graph, i, before);
            if (sum >= 0)
                i = sum;
            else if (graph.Layers[i].Inputs is not [var only] || only != before)
                throw new ArgumentException(
                    $"Layer '{graph.Layers[i].Name}' of network '{graph.Name}' reads other layers than the one before "
                        + "it; features are taken from networks that are a sequence of layers and residual blocks."
                );
            yield return graph.Layers[i];
            before = graph.Layers[i].Name;
        }
    }

    // The sum to which the input of the layer is carried past it; -1 where there is none.
    private static int EndOfBlock(NetworkGraph graph, int first, string input)
    {
        for (int i = first + 1; i < graph.Layers.Length; i++)
            if (graph.Layers[i] is AdditionLayer addition && addition.Inputs.Contains(input))
                return i;
        return -1;
    }
}
