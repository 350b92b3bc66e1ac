using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlNetImageTranslation.Trainer;

/// <summary>How options, states and logs are written.</summary>
internal static class OptionsJson
{
    /// <summary>Indented, enumerations by name, without what does not belong to a run.</summary>
    public static JsonSerializerOptions Settings { get; } =
        new(JsonSerializerDefaults.Web)
        {
            IncludeFields = true,
            WriteIndented = true,
            // The first that fits is taken; what stands on a type itself comes after all of these.
            Converters =
            {
                new TranslationDirectionConverter(),
                new ImageSizeConverter(),
                new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNotRecorded } },
        };

    private static void LeaveOutNotRecorded(JsonTypeInfo type)
    {
        for (int i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(NotRecordedAttribute), inherit: true) == true)
                type.Properties.RemoveAt(i);
    }
}
