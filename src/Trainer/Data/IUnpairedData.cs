using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>Where the two unpaired sets of a run are, as its options say.</summary>
internal interface IUnpairedData
{
    /// <summary>The folder of A images, where it is not found in the dataset's.</summary>
    string? SourceFolder { get; set; }

    /// <summary>The folder of B images.</summary>
    string? TargetFolder { get; set; }

    /// <summary>The A images, instead of a folder.</summary>
    ImageSet? Sources { get; }

    /// <summary>The B images, instead of a folder.</summary>
    ImageSet? Targets { get; }

    /// <summary>Which set is the source.</summary>
    TranslationDirection Direction { get; }

    /// <summary>Whether the images of each set are translated, so that both are sources.</summary>
    bool TranslatesBothWays => false;
}
