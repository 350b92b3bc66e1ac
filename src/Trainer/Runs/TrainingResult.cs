using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>What a run came to.</summary>
public sealed record TrainingResult
{
    /// <summary>
    /// The generators as they are at the end: one, or for CycleGAN the one from A to B and the one from B to A.
    /// </summary>
    internal IReadOnlyList<TrainedGenerator> Generators { get; init; } = [];

    /// <summary>Steps made, in all parts of the run together.</summary>
    public required long Steps { get; init; }

    /// <summary>Epochs finished.</summary>
    public required int Epochs { get; init; }

    /// <summary>Whether early stopping ended the run.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>The epoch with the lowest validation L1; null without validation.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>That L1, in levels (0..255).</summary>
    public double? BestL1 { get; init; }

    /// <summary>The run folder, where there is one.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>
    /// The exported models, one for each generator; empty where none was asked for.
    /// </summary>
    public IReadOnlyList<string> ModelFiles { get; init; } = [];
}
