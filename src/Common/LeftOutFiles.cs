using System.Globalization;
using System.Text.Json.Serialization;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation;

/// <summary>Files or folders that are not used, all for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Example">The path of the first of them, below the folder that was listed.</param>
internal sealed record LeftOutFiles(LeftOutReason Reason, int Count, string Example)
{
    /// <summary>For people, as in <c>3 files of other extensions (such as 'scan.gif')</c>.</summary>
    public override string ToString()
    {
        string what = Reason switch
        {
            LeftOutReason.Hidden => "hidden {0}",
            LeftOutReason.Extension => "{0} of other extensions",
            LeftOutReason.SubFolder => "sub-{1}",
            LeftOutReason.LinkedFolder => "linked {1}",
            LeftOutReason.UnreadableFolder => "unreadable {1}",
            LeftOutReason.RunFolder => "{1} of training runs",
            LeftOutReason.NoPartner => "{2} without a partner of the same name",
            _ => "{0}",
        };
        string plural = Count == 1 ? "" : "s";
        string named = string.Format(
            CultureInfo.InvariantCulture,
            what,
            "file" + plural,
            "folder" + plural,
            "image" + plural
        );
        return string.Create(CultureInfo.InvariantCulture, $"{Count} {named} (such as '{Example}')");
    }

    /// <summary>One line about all of them, or null where nothing was left out.</summary>
    /// <param name="place">Names the images in the line, such as <c>trainA</c>.</param>
    /// <param name="used">How many images are used.</param>
    /// <param name="leftOut">What is not used.</param>
    public static string? Describe(string place, int used, IReadOnlyList<LeftOutFiles> leftOut)
    {
        ArgumentNullException.ThrowIfNull(leftOut);
        return leftOut.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{place}: {used} images are used; left out: {string.Join(", ", leftOut)}"
            );
    }
}

/// <summary>Why a file or a folder among images is not used.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeftOutReason>))]
internal enum LeftOutReason
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

    /// <summary>A folder that a training run wrote, or part of one: it holds results, not data.</summary>
    RunFolder,
}
