namespace MlNetImageTranslation.Datasets;

/// <summary>
/// What is done about images of a data folder that training is better off without. They are looked for before training.
/// </summary>
public enum BadImages
{
    /// <summary>Those that cannot be decoded are left out, with a warning for each.</summary>
    SkipUnreadable,

    /// <summary>
    /// All that <c>imt data check</c> advises to skip are left out, with a warning for each: also those of one colour
    /// and of odd size.
    /// </summary>
    Skip,

    /// <summary>Any that <c>imt data check</c> advises to skip ends the run before it begins.</summary>
    Fail,

    /// <summary>Nobody looks: training begins at once, and ends at the first image that cannot be decoded.</summary>
    Ignore,
}
