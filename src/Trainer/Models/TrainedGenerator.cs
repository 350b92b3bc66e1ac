using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>A generator that came out of training, in main memory.</summary>
/// <param name="Name"><c>generator</c>, or <c>generator_ab</c> and <c>generator_ba</c>.</param>
/// <param name="Graph">What it is.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Provenance">Where it comes from.</param>
/// <param name="TrainingSize">The size of the images it was trained on.</param>
internal sealed record TrainedGenerator(
    string Name,
    NetworkGraph Graph,
    StateDict Weights,
    ModelProvenance Provenance,
    ImageSize? TrainingSize
)
{
    private const string NameKey = "imt.name";

    /// <summary>Reads a generator from a network file.</summary>
    /// <exception cref="FormatException">The file is not a sound network file, or has no model card.</exception>
    public static TrainedGenerator Load(string path)
    {
        var network = NetworkFile.Read(path);
        var card =
            network.Card
            ?? throw new FormatException(
                $"'{path}' does not say where its network comes from: expected '{ModelCard.MetadataKey}' in its header."
            );
        return new(
            StateDict.ReadMetadata(path).GetValueOrDefault(NameKey, "generator"),
            network.Graph,
            network.Weights,
            card.Provenance ?? new(),
            card.TrainingSize
        );
    }

    /// <summary>The same generator, whose card names the recipe where that is not the trainer's own.</summary>
    public TrainedGenerator By(string? recipe) =>
        recipe is null || recipe == Provenance.Trainer
            ? this
            : this with
            {
                Provenance = Provenance with { Recipe = recipe },
            };

    /// <summary>Writes a network file that <see cref="Load"/> reads; it appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="flushToDisk">Whether it is on disk when this returns.</param>
    public void Save(string path, bool flushToDisk = true) => Weights.Write(path, Metadata(), flushToDisk);

    /// <summary>What the header of its file says.</summary>
    public Dictionary<string, string> Metadata()
    {
        var card = new ModelCard
        {
            Architecture = Graph.Name,
            InputChannels = Graph.Input.Channels,
            OutputChannels = Graph.Output.Channels,
            SizeMultiple = Graph.SizeMultiple,
            TrainingSize = TrainingSize,
            Provenance = Provenance,
            WeightsSha256 = Weights.ComputeHash(),
        }.WithLabelsOf(Graph);
        var metadata = NetworkFile.Metadata(Graph, card);
        metadata[NameKey] = Name;
        return metadata;
    }
}
