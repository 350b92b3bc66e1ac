using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Trainer;

/// <summary>Which image of a pair is the source (the reference's <c>--direction</c>).</summary>
[JsonConverter(typeof(TranslationDirectionConverter))]
public enum TranslationDirection
{
    /// <summary>From A (left) to B (right).</summary>
    AtoB,

    /// <summary>From B (right) to A (left).</summary>
    BtoA,
}
