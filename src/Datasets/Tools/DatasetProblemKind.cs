using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Datasets;

/// <summary>What can be wrong with an image of a data set.</summary>
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

    /// <summary>The same pixels as another image of the same part.</summary>
    Duplicate,

    /// <summary>
    /// The same pixels in a training part and in a validation or test part: scores would be too good.
    /// </summary>
    Leak,
}
