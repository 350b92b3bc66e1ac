using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Trainer;

/// <summary>How options, states and logs are written.</summary>
internal static class OptionsJson
{
    /// <summary>Indented, with fields, enumerations by name.</summary>
    public static JsonSerializerOptions Settings { get; } =
        new(JsonSerializerDefaults.Web)
        {
            IncludeFields = true,
            WriteIndented = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        };
}
