using System.Xml.Linq;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Evaluation.Tests;

public sealed class HtmlPageTests
{
    private const string Nasty = "</style><script>alert('1')</script>\"&\0";

    [Fact]
    public void No_text_becomes_markup()
    {
        var page = new HtmlPage(Nasty, Nasty)
            .AddHeading(Nasty)
            .AddParagraph(Nasty)
            .AddLink(Nasty, Nasty)
            .AddNumbers((Nasty, Nasty))
            .AddFacts((Nasty, Nasty))
            .AddTable(
                [Nasty, Nasty],
                [
                    [Nasty, Nasty],
                ]
            )
            .AddCharts((Nasty, Nasty, [(1, 2)]))
            .AddImages([(Nasty, Nasty)])
            .ToString();
        Assert.DoesNotContain("<script", page);
        Assert.Equal(
            page.IndexOf("</style>", StringComparison.Ordinal),
            page.LastIndexOf("</style>", StringComparison.Ordinal)
        );
        // Quotes inside attributes would end them: what is left is well-formed.
        var body = page[
            page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)
        ]
            .Replace("\0", "", StringComparison.Ordinal);
        var elements = XElement.Parse(System.Text.RegularExpressions.Regex.Replace(body, "(<img [^>]*)>", "$1/>"));
        Assert.Equal(
            Nasty.TrimEnd('\0'),
            Uri.UnescapeDataString(elements.Descendants("img").Single().Attribute("src")!.Value).TrimEnd('\0')
        );
    }

    [Fact]
    public void A_page_is_one_file_in_one_piece()
    {
        using var folder = new TemporaryFolder();
        var page = new HtmlPage("Page") { ReloadSeconds = 30 };
        page.Save(folder.File("new/page.html"));
        Assert.Equal(page.ToString(), File.ReadAllText(folder.File("new/page.html")));
        Assert.Single(Directory.GetFiles(folder.File("new")));
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"30\">", page.ToString());
    }
}
