using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A generator in a safetensors file that says by itself what it is: the graph and a model card are in its header.
/// </summary>
public static class GeneratorFile
{
    /// <summary>The key of the graph's JSON in the header.</summary>
    public const string GraphKey = NetworkFile.GraphKey;

    private const string NameKey = "imt.name";

    /// <summary>Writes a generator; the file appears whole or not at all.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="flushToDisk">Whether it is on disk when this returns.</param>
    public static void Save(TrainedGenerator generator, string path, bool flushToDisk = true) =>
        Safetensors.Write(path, generator.Weights, Metadata(generator), flushToDisk);

    /// <summary>What the header says.</summary>
    internal static Dictionary<string, string> Metadata(TrainedGenerator generator)
    {
        var card = new ModelCard
        {
            Architecture = generator.Graph.Name,
            InputChannels = generator.Graph.Input.Channels,
            OutputChannels = generator.Graph.Output.Channels,
            SizeMultiple = generator.Graph.SizeMultiple,
            TrainingSize = generator.TrainingSize,
            Provenance = generator.Provenance,
            WeightsSha256 = WeightsHash.Compute(generator.Weights),
        };
        return new()
        {
            [ModelCard.MetadataKey] = card.ToJson(),
            [GraphKey] = generator.Graph.ToJson(),
            [NameKey] = generator.Name,
        };
    }

    /// <summary>Reads a generator.</summary>
    /// <exception cref="FormatException">The file is not a sound safetensors file, or its header lacks graph or
    /// card.</exception>
    public static TrainedGenerator Load(string path)
    {
        var file = Safetensors.Read(path);
        if (
            !file.Metadata.TryGetValue(GraphKey, out string? graph)
            || !file.Metadata.TryGetValue(ModelCard.MetadataKey, out string? json)
        )
            throw new FormatException(
                $"'{path}' holds weights but not what network they belong to: expected '{GraphKey}' and "
                    + $"'{ModelCard.MetadataKey}' in its header."
            );
        var card = ModelCard.FromJson(json);
        var generator = new TrainedGenerator(
            file.Metadata.GetValueOrDefault(NameKey, "generator"),
            NetworkGraph.FromJson(graph),
            file.Weights,
            card.Provenance ?? new(),
            card.TrainingSize
        );
        generator.Weights.Check(generator.Graph);
        return generator;
    }
}
