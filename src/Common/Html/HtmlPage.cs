using System.Globalization;
using System.Text;

namespace MlNetImageTranslation;

/// <summary>
/// A static HTML page, built from top to bottom: headings, scores, tables, charts and images. The style is part of the
/// page, follows the reader's light or dark theme, and fits phones. All texts are escaped.
/// </summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _body = new();
    private readonly string _title;
    private string? _script;

    /// <summary>Begins a page.</summary>
    /// <param name="title">The title and first heading.</param>
    /// <param name="lead">A sentence below the heading, or null.</param>
    public HtmlPage(string title, string? lead = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        _title = title;
        _body.Append($"<header><h1>{HtmlText.Escape(title)}</h1>\n");
        if (!string.IsNullOrEmpty(lead))
            _body.Append($"<p class=\"muted\">{HtmlText.Escape(lead)}</p>\n");
        _body.Append("</header>\n");
    }

    /// <summary>After how many seconds an open page loads itself again; null, the default, means never.</summary>
    public int? ReloadSeconds { get; set; }

    /// <summary>Adds a heading, which begins a section.</summary>
    public HtmlPage AddHeading(string text)
    {
        _body.Append($"<h2>{HtmlText.Escape(text)}</h2>\n");
        return this;
    }

    /// <summary>Adds a paragraph.</summary>
    public HtmlPage AddParagraph(string text)
    {
        _body.Append($"<p>{HtmlText.Escape(text)}</p>\n");
        return this;
    }

    /// <summary>Adds a link in a paragraph of its own.</summary>
    /// <param name="text">The text of the link.</param>
    /// <param name="relativePath">A path relative to the page's folder.</param>
    public HtmlPage AddLink(string text, string relativePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(relativePath);
        _body.Append($"<p><a href=\"{HtmlText.Link(relativePath)}\">{HtmlText.Escape(text)}</a></p>\n");
        return this;
    }

    /// <summary>Adds a row of large numbers, each above its name.</summary>
    public HtmlPage AddNumbers(params IEnumerable<(string Name, string Value)> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        _body.Append("<div class=\"numbers\">\n");
        foreach (var (name, value) in numbers)
            _body.Append($"<div><b>{HtmlText.Escape(value)}</b>{HtmlText.Escape(name)}</div>\n");
        _body.Append("</div>\n");
        return this;
    }

    /// <summary>Adds names with their values, in as many columns as fit.</summary>
    public HtmlPage AddFacts(params IEnumerable<(string Name, string Value)> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        _body.Append("<dl class=\"facts\">\n");
        foreach (var (name, value) in facts)
            _body.Append($"<div><dt>{HtmlText.Escape(name)}</dt><dd>{HtmlText.Escape(value)}</dd></div>\n");
        _body.Append("</dl>\n");
        return this;
    }

    /// <summary>Adds a table. The first cell of a row is its name; the others are set as numbers.</summary>
    /// <param name="columns">The headings of the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="highlighted">The index of a row to point out, or -1.</param>
    public HtmlPage AddTable(
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<string>> rows,
        int highlighted = -1
    )
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        _body.Append("<div class=\"table\"><table>\n<tr>");
        foreach (var column in columns)
            _body.Append($"<th>{HtmlText.Escape(column)}</th>");
        _body.Append("</tr>\n");
        int number = 0;
        foreach (var row in rows)
        {
            _body.Append(number++ == highlighted ? "<tr class=\"highlighted\">" : "<tr>");
            _body.Append($"<th>{HtmlText.Escape(row[0])}</th>");
            foreach (var cell in row.Skip(1))
                _body.Append($"<td>{HtmlText.Escape(cell)}</td>");
            _body.Append("</tr>\n");
        }
        _body.Append("</table></div>\n");
        return this;
    }

    /// <summary>Adds curves with axes side by side, as many as fit.</summary>
    /// <param name="charts">Of each chart its title, what its horizontal axis counts (such as <c>step</c>), and at
    /// least one point, in the order of X; all finite. Beyond 400 points, means of neighbours are drawn.</param>
    public HtmlPage AddCharts(
        params IEnumerable<(string Title, string Axis, IReadOnlyList<(double X, double Y)> Points)> charts
    )
    {
        ArgumentNullException.ThrowIfNull(charts);
        _body.Append("<div class=\"charts\">\n");
        foreach (var (title, axis, points) in charts)
            _body.Append(new LineChart(title, axis, points).ToSvg());
        _body.Append("</div>\n");
        return this;
    }

    /// <summary>Adds images that are files beside the page; each is a link to its file.</summary>
    /// <param name="images">The caption and the path, relative to the page's folder, of each image.</param>
    /// <param name="small">Whether they stand side by side, as many as fit, or fill the width one by one.</param>
    public HtmlPage AddImages(IEnumerable<(string Caption, string RelativePath)> images, bool small = false)
    {
        ArgumentNullException.ThrowIfNull(images);
        _body.Append(small ? "<div class=\"small images\">\n" : "<div class=\"images\">\n");
        foreach (var (caption, path) in images)
        {
            var link = HtmlText.Link(path);
            _body.Append(
                $"<figure><a href=\"{link}\"><img loading=\"lazy\" src=\"{link}\" alt=\"\"></a>"
                    + $"<figcaption>{HtmlText.Escape(caption)}</figcaption></figure>\n"
            );
        }
        _body.Append("</div>\n");
        return this;
    }

    /// <summary>Adds markup of this library.</summary>
    public void AddMarkup(StringBuilder markup) => _body.Append(markup);

    /// <summary>The script that ends the page.</summary>
    public void UseScript(string script) => _script = script;

    /// <summary>The page as text.</summary>
    public override string ToString()
    {
        var reload = ReloadSeconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"{seconds}\">\n")
            : "";
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            {reload}<title>{HtmlText.Escape(_title)}</title>
            <style>
            {HtmlText.Resource("Page.css")}</style></head>
            <body>
            {_body}{(_script is null ? "" : $"<script>\n{_script}</script>\n")}</body></html>

            """;
    }

    /// <summary>Writes the page; a file of that name is replaced in one piece.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteText(path, ToString());
    }
}
