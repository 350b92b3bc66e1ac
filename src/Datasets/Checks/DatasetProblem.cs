namespace MlNetImageTranslation.Datasets;

/// <summary>One finding of <see cref="DatasetScanner"/>.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Part">The part of the dataset.</param>
/// <param name="File">The image.</param>
/// <param name="Detail">In words, with the other image where there is one.</param>
public sealed record DatasetProblem(DatasetProblemKind Kind, string Part, string File, string Detail)
{
    /// <summary>
    /// Whether training is better off without this image. Other sizes are resized and duplicates only weigh double, but
    /// a pair of odd width cannot be cut into its halves.
    /// </summary>
    public bool ShouldSkip { get; init; } =
        Kind is DatasetProblemKind.Unreadable or DatasetProblemKind.Constant or DatasetProblemKind.Leak;
}
