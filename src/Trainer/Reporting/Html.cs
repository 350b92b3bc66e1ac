using System.Net;

namespace MlNetImageTranslation.Trainer;

/// <summary>Text inside HTML and SVG.</summary>
internal static class Html
{
    /// <summary>The text with everything that would be markup written out.</summary>
    public static string Escape(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>A relative path as a link.</summary>
    public static string Link(string relativePath) =>
        string.Join('/', relativePath.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
}
