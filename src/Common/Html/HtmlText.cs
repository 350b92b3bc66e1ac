using System.Globalization;
using System.Net;

namespace MlNetImageTranslation;

/// <summary>Text, links and numbers inside HTML and SVG.</summary>
internal static class HtmlText
{
    /// <summary>The text with all markup characters written as entities.</summary>
    public static string Escape(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>A relative path as the value of an attribute.</summary>
    public static string Link(string relativePath) =>
        Escape(string.Join('/', relativePath.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString)));

    /// <summary>
    /// The link from a page to a file: relative, so that both can be moved together, where the file system allows it.
    /// </summary>
    public static string LinkFrom(string page, string file)
    {
        string full = Path.GetFullPath(file);
        string relative = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(page))!, full);
        return Path.IsPathRooted(relative) ? Escape(new Uri(full).AbsoluteUri) : Link(relative);
    }

    /// <summary>A score for people: three decimals below 10, two above.</summary>
    public static string Score(double value) =>
        double.IsPositiveInfinity(value) ? "∞"
        : double.IsNaN(value) ? "–"
        : value.ToString(Math.Abs(value) < 10 ? "0.000" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>A file that is compiled into this library.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(HtmlText).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
