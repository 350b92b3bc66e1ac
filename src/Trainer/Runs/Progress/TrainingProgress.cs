namespace MlNetImageTranslation.Trainer;

/// <summary>A report of a run.</summary>
public sealed record TrainingProgress
{
    /// <summary>What this is about.</summary>
    public required TrainingEvent Event { get; init; }

    /// <summary>Steps made.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>The epoch under way (or just finished), from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs of the whole run.</summary>
    public required int TotalEpochs { get; init; }

    /// <summary>
    /// The losses of the step by name, as they are logged; empty unless <see cref="Event"/> is
    /// <see cref="TrainingEvent.Step"/>.
    /// </summary>
    public IReadOnlyDictionary<string, float> Losses { get; init; } = new Dictionary<string, float>();

    /// <summary>
    /// Mean scores on the validation images, where <see cref="Event"/> is <see cref="TrainingEvent.Validation"/>.
    /// </summary>
    public ImageScores? Validation { get; init; }

    /// <summary>Images (or pairs) a second since the last report.</summary>
    public double ImagesPerSecond { get; init; }

    /// <summary>Share of the time since the last report spent waiting for images, 0..1.</summary>
    public double DataWaitShare { get; init; }

    /// <summary>Time left at the present speed, where known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>
    /// What is trained, on what, and where, such as "pix2pix on CPU, 8 threads: unet-256 with 54,413,955 parameters,
    /// 400 training and 100 validation samples of 256x256", where <see cref="Event"/> is
    /// <see cref="TrainingEvent.Started"/>.
    /// </summary>
    public string? Run { get; init; }

    /// <summary>The file written, or the warning's text.</summary>
    public string? Message { get; init; }

    /// <summary>One line of text, such as "epoch 3 of 200, step 1000 of 80000: g_gan 0.693, 12.50 images/s".</summary>
    public override string ToString() => ProgressText.Of(this);
}
