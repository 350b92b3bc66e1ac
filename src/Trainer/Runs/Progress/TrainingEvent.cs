namespace MlNetImageTranslation.Trainer;

/// <summary>What a <see cref="TrainingProgress"/> reports.</summary>
public enum TrainingEvent
{
    /// <summary>The run begins, or goes on.</summary>
    Started,

    /// <summary>Losses of a logged step.</summary>
    Step,

    /// <summary>An epoch is finished.</summary>
    Epoch,

    /// <summary>Validation scores of an epoch.</summary>
    Validation,

    /// <summary>A sample grid was written.</summary>
    Samples,

    /// <summary>A checkpoint was written.</summary>
    Checkpoint,

    /// <summary>Something is not as it should be; the run goes on.</summary>
    Warning,

    /// <summary>The run is finished.</summary>
    Finished,
}
