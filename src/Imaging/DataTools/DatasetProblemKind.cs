using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Imaging;

/// <summary>What can be wrong with a picture of a data set.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatasetProblemKind>))]
public enum DatasetProblemKind
{
    /// <summary>It cannot be decoded.</summary>
    Unreadable,

    /// <summary>A side-by-side pair whose width is odd, or a picture unlike nearly all others of its part in size.</summary>
    OddSize,

    /// <summary>One colour everywhere (either half of a pair): instance normalisation of it ends in non-finite losses.</summary>
    Constant,

    /// <summary>The same pixels as another picture of the same part.</summary>
    Duplicate,

    /// <summary>The same pixels in a training part and in a validation or test part: scores would be too good.</summary>
    Leak,
}
