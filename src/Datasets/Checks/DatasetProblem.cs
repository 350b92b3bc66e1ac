using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// One finding of <see cref="DatasetReport.Scan(string, Imaging.ImageDecoderOptions?, CancellationToken)"/>.
/// </summary>
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

/// <summary>What can be wrong with an image of a dataset.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatasetProblemKind>))]
public enum DatasetProblemKind
{
    /// <summary>It cannot be decoded.</summary>
    Unreadable,

    /// <summary>
    /// A side-by-side pair whose width is odd, or an image unlike nearly all others of its part in size.
    /// </summary>
    OddSize,

    /// <summary>
    /// One colour everywhere (either half of a pair): instance normalisation of it ends in non-finite losses.
    /// </summary>
    Constant,

    /// <summary>
    /// A PNG of 16 bits a sample whose samples use less than half of the range, as data of 13 to 15 bits do: few of the
    /// 256 levels are left of it. (Data of 12 bits and less are not decoded at all.)
    /// </summary>
    NarrowRange,

    /// <summary>The same pixels as another image of the same part.</summary>
    Duplicate,

    /// <summary>
    /// The same pixels in a training part and in a validation or test part: scores would be too good.
    /// </summary>
    Leak,
}
