namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>Which way is translated.</summary>
internal enum Direction
{
    /// <summary>From label images to photos.</summary>
    LabelsToPhoto,

    /// <summary>From photos to label images.</summary>
    PhotoToLabels,
}
