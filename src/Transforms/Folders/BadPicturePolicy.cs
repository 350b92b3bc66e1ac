namespace MlNetImageTranslation.Transforms;

/// <summary>What a picture that cannot be read or translated does to the work on its folder.</summary>
public enum BadPicturePolicy
{
    /// <summary>It costs a line in the report; the work goes on.</summary>
    Skip,

    /// <summary>The work stops with an error that names it.</summary>
    Fail,
}
