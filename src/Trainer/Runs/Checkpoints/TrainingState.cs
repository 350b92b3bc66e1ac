namespace MlNetImageTranslation.Trainer;

/// <summary>Where a run is: everything that is neither weights nor options.</summary>
internal sealed record TrainingState
{
    /// <summary>Epochs finished.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches made in the epoch after those.</summary>
    public int Batch { get; init; }

    /// <summary>Steps made in all.</summary>
    public long Step { get; init; }

    /// <summary>Bytes of log.jsonl that belong to these steps.</summary>
    public long LogLength { get; init; }

    /// <summary>Bytes of validation.jsonl that belong to these steps.</summary>
    public long ValidationLogLength { get; init; }

    /// <summary>What the plateau policy remembers.</summary>
    public PlateauState Plateau { get; init; } = new();

    /// <summary>Sum of the generator's losses over the steps of the epoch under way.</summary>
    public double EpochLoss { get; init; }

    /// <summary>The lowest validation L1 so far, in levels (0..255).</summary>
    public double? BestScore { get; init; }

    /// <summary>The epoch that had it.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Validations since then.</summary>
    public int ValidationsSinceBest { get; init; }

    /// <summary>Logged steps in a row in which the discriminator's loss was near zero.</summary>
    public int DiscriminatorWins { get; init; }

    /// <summary>Whether early stopping has ended the run.</summary>
    public bool Stopped { get; init; }
}
