using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Trainer;

/// <summary>Where a run is: everything that is neither weights nor options.</summary>
internal sealed record TrainingState
{
    /// <summary>Epochs finished.</summary>
    [JsonRequired]
    public int Epoch { get; init; }

    /// <summary>
    /// Batches made in the epoch after those. As many as an epoch has: validation and samples of its end are to be
    /// made.
    /// </summary>
    [JsonRequired]
    public int Batch { get; init; }

    /// <summary>Steps made in all.</summary>
    [JsonRequired]
    public long Step { get; init; }

    /// <summary>Bytes of log.jsonl that belong to these steps.</summary>
    [JsonRequired]
    public long LogLength { get; init; }

    /// <summary>Bytes of validation.jsonl that belong to these steps.</summary>
    [JsonRequired]
    public long ValidationLogLength { get; init; }

    /// <summary>What the plateau policy remembers.</summary>
    [JsonRequired]
    public PlateauState Plateau { get; init; } = new();

    /// <summary>Sum of the generator's losses over the steps of the epoch under way.</summary>
    [JsonRequired]
    public double EpochLoss { get; init; }

    /// <summary>The lowest validation L1 so far, in levels (0..255).</summary>
    [JsonRequired]
    public double? BestScore { get; init; }

    /// <summary>The epoch that had it.</summary>
    [JsonRequired]
    public int BestEpoch { get; init; }

    /// <summary>Validations since then.</summary>
    [JsonRequired]
    public int ValidationsSinceBest { get; init; }

    /// <summary>Logged steps in a row in which the discriminator's loss was near zero.</summary>
    [JsonRequired]
    public int DiscriminatorWins { get; init; }

    /// <summary>Whether early stopping has ended the run.</summary>
    [JsonRequired]
    public bool Stopped { get; init; }
}
