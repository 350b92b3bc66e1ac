namespace MlNetImageTranslation.Datasets;

/// <summary>
/// What is done about images of a dataset that training is better off without. They are looked for before training.
/// </summary>
public enum BadImages
{
    /// <summary>Those that cannot be decoded are left out, with a warning for each.</summary>
    SkipUnreadable,

    /// <summary>
    /// All whose <see cref="DatasetProblem.ShouldSkip"/> is set are left out, with a warning for each: also those of
    /// one colour and pairs of odd width.
    /// </summary>
    Skip,

    /// <summary>Any whose <see cref="DatasetProblem.ShouldSkip"/> is set ends the run before it begins.</summary>
    Fail,

    /// <summary>Nobody looks: training begins at once, and ends at the first image that cannot be decoded.</summary>
    Ignore,
}
