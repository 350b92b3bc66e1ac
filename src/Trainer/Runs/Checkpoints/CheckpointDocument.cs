namespace MlNetImageTranslation.Trainer;

/// <summary>The content of a checkpoint's state.json.</summary>
/// <param name="FormatVersion">1.</param>
/// <param name="State">Where the run is.</param>
/// <param name="Numbers">Whole numbers by name: updates of optimizers, counters of pools.</param>
/// <param name="Files">SHA-256 of every other file of the checkpoint, by name.</param>
internal sealed record CheckpointDocument(
    int FormatVersion,
    TrainingState State,
    IReadOnlyDictionary<string, long> Numbers,
    IReadOnlyDictionary<string, string> Files
);
