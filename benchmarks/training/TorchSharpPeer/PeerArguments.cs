using System.Globalization;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>What the peer is told: the same as pytorch_steps.py.</summary>
internal sealed record PeerArguments(
    string Kind,
    int Depth,
    int GeneratorFilters,
    int DiscriminatorFilters,
    int Size,
    int Threads
)
{
    public static PeerArguments Parse(string[] arguments)
    {
        int[] numbers = [.. arguments.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        return new(arguments[0], numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
