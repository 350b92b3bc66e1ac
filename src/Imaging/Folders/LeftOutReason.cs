using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Imaging;

/// <summary>Why a file or a folder among images is not used.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeftOutReason>))]
public enum LeftOutReason
{
    /// <summary>Its name begins with a dot, like macOS's <c>._0.png</c>.</summary>
    Hidden,

    /// <summary>Its extension is not one of <see cref="ImageDecoder.Extensions"/>.</summary>
    Extension,

    /// <summary>A sub-folder of a folder that is listed without its sub-folders.</summary>
    SubFolder,

    /// <summary>A link to a folder. Links are not followed: they may lead in circles.</summary>
    LinkedFolder,

    /// <summary>A sub-folder that cannot be read.</summary>
    UnreadableFolder,

    /// <summary>An image without a partner of the same name in the other folder of a pair of folders.</summary>
    NoPartner,
}
