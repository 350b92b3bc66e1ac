using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Sizes in JSON: a number for a square, as runs always had it, else a text such as <c>512x256</c>.</summary>
internal sealed class ImageSizeConverter : JsonConverter<ImageSize>
{
    public override ImageSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int side))
            return side;
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        try
        {
            return ImageSize.Parse(text ?? reader.TokenType.ToString());
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, ImageSize value, JsonSerializerOptions options)
    {
        if (value.Width == value.Height)
            writer.WriteNumberValue(value.Width);
        else
            writer.WriteStringValue(value.ToString());
    }
}
