namespace MlNetImageTranslation.Transforms;

/// <summary>What an image that cannot be read or translated does to the work on its folder.</summary>
public enum BadImagePolicy
{
    /// <summary>It costs a line in the report; the work goes on.</summary>
    Skip,

    /// <summary>The work stops with an error that names it.</summary>
    Fail,
}
