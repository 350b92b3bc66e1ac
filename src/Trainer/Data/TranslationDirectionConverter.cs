using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Directions in JSON: <c>AtoB</c> and <c>BtoA</c>, as the reference has them. Older runs have <c>ato-b</c> and
/// <c>bto-a</c>.
/// </summary>
internal sealed class TranslationDirectionConverter : JsonConverter<TranslationDirection>
{
    public override TranslationDirection Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text?.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "ATOB" => TranslationDirection.AtoB,
            "BTOA" => TranslationDirection.BtoA,
            _ => throw new JsonException(
                $"A direction is AtoB or BtoA, but this is {text ?? reader.TokenType.ToString()}."
            ),
        };
    }

    public override void Write(Utf8JsonWriter writer, TranslationDirection value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
