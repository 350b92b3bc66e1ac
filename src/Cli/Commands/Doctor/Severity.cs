namespace MlNetImageTranslation.Cli;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but slower or with less than it could.</summary>
    Warning,

    /// <summary>Training or translating cannot work.</summary>
    Broken,
}
