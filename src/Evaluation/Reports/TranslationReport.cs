using System.Globalization;
using System.Text;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// A page that shows translated images with their sources, targets and scores: one HTML file, and beside it a folder
/// with the images (<c>report.html</c> and <c>report_files</c>), so that a browser loads only what it shows. Readers
/// can order the images by each score and search for names. Adding is safe from several threads at once.
/// </summary>
/// <remarks>
/// Headings, tables and texts stand above the images that were added since the last <see cref="EndImages"/>.
/// Nothing appears under its name before <see cref="Save"/>: a report that is disposed earlier leaves the last one as
/// it was.
/// </remarks>
public sealed partial class TranslationReport : IDisposable
{
    private readonly string _path;
    private readonly ReportImages _files;
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private int _added;

    /// <summary>Begins a report.</summary>
    /// <param name="path">The HTML file; its folder is made where it is missing.</param>
    /// <param name="title">The heading of the page.</param>
    /// <param name="lead">A sentence below the heading, or null.</param>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the folder of the images holds other
    /// files.</exception>
    public TranslationReport(string path, string title, string? lead = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; expected the name of an HTML file.");
        _path = path;
        Page = new(title, lead);
        _files = new(path);
    }

    /// <summary>The page.</summary>
    internal HtmlPage Page { get; }

    /// <summary>
    /// The longest side, in pixels, of images on the page; larger ones are shown smaller. The default is 1024.
    /// </summary>
    public int MaximumSide { get; init; } = 1024;

    /// <summary>Adds the images of one scene, which are written at once and not kept in memory.</summary>
    /// <param name="name">The name of the scene, such as that of the source's file.</param>
    /// <param name="images">What each image is, such as <c>Source</c>, and the image, in the order of the
    /// page.</param>
    /// <param name="scores">Names and values of scores; all scenes have the same ones. The order of the page is by the
    /// first, lowest first; without scores it is by name.</param>
    /// <exception cref="IOException">An image cannot be written.</exception>
    public void Add(
        string name,
        IReadOnlyList<(string Role, RgbImage Image)> images,
        IReadOnlyList<(string Name, double Value)>? scores = null
    )
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(images);
        int number = Interlocked.Increment(ref _added);
        var shown = new ShownFile[images.Count];
        for (int i = 0; i < shown.Length; i++)
        {
            var image = ShownImage.Limit(images[i].Image, MaximumSide);
            string link = HtmlText.Link(_files.Write(number, i, image));
            shown[i] = new(images[i].Role, link, link, new(image.Width, image.Height));
        }
        Keep(new(name, shown, scores ?? []));
    }

    /// <summary>
    /// Adds the images of one scene that are files already; the page links to them where they are. Of TIFF files, which
    /// browsers do not show, it shows copies.
    /// </summary>
    /// <param name="name">The name of the scene.</param>
    /// <param name="files">What each image is, and its path.</param>
    /// <param name="scores">Names and values of scores, as for <see cref="Add"/>.</param>
    /// <param name="decoder">How files are decoded where copies are made; <see cref="ImageDecoderOptions.Default"/> where
    /// null.</param>
    /// <exception cref="IOException">A TIFF file cannot be read, or its copy cannot be written.</exception>
    public void AddFiles(
        string name,
        IReadOnlyList<(string Role, string File)> files,
        IReadOnlyList<(string Name, double Value)>? scores = null,
        ImageDecoderOptions? decoder = null
    )
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(files);
        int number = Interlocked.Increment(ref _added);
        var shown = new ShownFile[files.Count];
        for (int i = 0; i < shown.Length; i++)
        {
            string link = HtmlText.LinkFrom(_path, files[i].File);
            string source = link;
            if (Path.GetExtension(files[i].File).ToLowerInvariant() is ".tif" or ".tiff")
            {
                source = Copy(files[i].File, number, i, decoder ?? ImageDecoderOptions.Default) ?? link;
            }
            shown[i] = new(files[i].Role, link, source, null);
        }
        Keep(new(name, shown, scores ?? []));
    }

    /// <summary>
    /// Ends the images of a section: those that are added later form a list of their own, below the headings,
    /// tables and texts that are added meanwhile.
    /// </summary>
    public void EndImages()
    {
        lock (_lock)
        {
            if (_entries.Count == 0)
                return;
            Page.AddMarkup(Compose(_entries));
            Page.UseScript(HtmlText.Resource("TranslationReport.js"));
            _entries.Clear();
        }
    }

    /// <summary>Writes the page and puts its images beside it, in place of those of an earlier report.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save()
    {
        EndImages();
        _files.Publish();
        Page.Save(_path);
    }

    /// <summary>Deletes the images of a report that was not saved.</summary>
    public void Dispose() => _files.Dispose();

    // A file that cannot be decoded is linked to like others: a page is no reason to end the work that it shows.
    private string? Copy(string file, int number, int part, ImageDecoderOptions decoder)
    {
        try
        {
            var image = ShownImage.Limit(ImageDecoder.Decode(file, decoder), MaximumSide);
            return HtmlText.Link(_files.Write(number, part, image));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Keep(Entry entry)
    {
        lock (_lock)
            _entries.Add(entry);
    }

    private static StringBuilder Compose(List<Entry> entries)
    {
        var html = new StringBuilder("<section class=\"gallery\">\n");
        var scores = entries.MaxBy(entry => entry.Scores.Count)!.Scores.Select(score => score.Name).ToArray();
        AddTools(html, scores, entries.Count);
        html.Append("<div class=\"results\">\n");
        var ordered =
            scores.Length > 0
                ? entries
                    .OrderBy(entry => entry.Scores.Count == 0 || double.IsNaN(entry.Scores[0].Value))
                    .ThenBy(entry => entry.Scores.Count == 0 ? 0 : entry.Scores[0].Value)
                    .ThenBy(entry => entry.Name, StringComparer.Ordinal)
                : entries.OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var entry in ordered)
            AddEntry(html, entry);
        return html.Append("</div></section>\n");
    }

    private static void AddTools(StringBuilder html, string[] scores, int count)
    {
        html.Append("<div class=\"tools\"><span>Order by</span>");
        html.Append($"<button data-key=\"name\"{(scores.Length == 0 ? " data-order=\"up\"" : "")}>Name</button>");
        for (int i = 0; i < scores.Length; i++)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<button data-key=\"{i}\"{(i == 0 ? " data-order=\"up\"" : "")}>{HtmlText.Escape(scores[i])}</button>"
            );
        html.Append("<input type=\"search\" placeholder=\"Search for a name\" aria-label=\"Search for a name\">");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<span class=\"count\">{count} {(count == 1 ? "image" : "images")}</span></div>\n"
        );
    }

    private static void AddEntry(StringBuilder html, Entry entry)
    {
        var name = HtmlText.Escape(entry.Name);
        var values = string.Join(
            ' ',
            entry.Scores.Select(score => score.Value.ToString("R", CultureInfo.InvariantCulture))
        );
        html.Append($"<article class=\"result\" data-name=\"{name}\" data-scores=\"{values}\"><header><h3>{name}</h3>");
        foreach (var (score, value) in entry.Scores)
            html.Append($"<span>{HtmlText.Escape(score)} {HtmlText.Score(value)}</span>");
        html.Append("</header><div>");
        foreach (var (role, link, source, size) in entry.Images)
        {
            var sides = size is { } known
                ? string.Create(CultureInfo.InvariantCulture, $" width=\"{known.Width}\" height=\"{known.Height}\"")
                : "";
            var label = HtmlText.Escape(role);
            html.Append(
                $"<figure><a href=\"{link}\"><img loading=\"lazy\" src=\"{source}\"{sides} alt=\"{label}\"></a>"
                    + $"<figcaption>{label}</figcaption></figure>"
            );
        }
        html.Append("</div></article>\n");
    }

    private sealed record ShownFile(string Role, string Link, string Source, ImageSize? Size);

    private sealed record Entry(
        string Name,
        IReadOnlyList<ShownFile> Images,
        IReadOnlyList<(string Name, double Value)> Scores
    );
}
