using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>Weights of a file and the network that they look like.</summary>
internal sealed record ForeignCandidate(ForeignWeights Weights, NetworkOptions Options)
{
    private const int MaximumPrefixes = 4;

    /// <summary>All networks of a file, each with its wrappers' prefixes taken off.</summary>
    public static IReadOnlyList<ForeignCandidate> Find(ForeignFile file) =>
        [.. file.Weights.SelectMany(weights => Find(weights, MaximumPrefixes))];

    /// <summary>Whether the network makes images.</summary>
    public bool IsGenerator => !NetworkCatalog.Discriminators.Contains(Options.Architecture);

    private static IEnumerable<ForeignCandidate> Find(ForeignWeights weights, int prefixes)
    {
        if (ReferenceDetector.Detect(weights) is { } options)
            return [new(weights, options)];
        if (weights.ByScale().ToList() is { Count: > 0 } scales)
            return scales.SelectMany(scale => Find(scale, prefixes));
        return prefixes == 0 ? [] : weights.ByPrefix().SelectMany(group => Find(group, prefixes - 1));
    }
}
