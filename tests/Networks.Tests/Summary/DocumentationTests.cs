using System.Globalization;
using System.Runtime.CompilerServices;

namespace MlNetImageTranslation.Networks.Tests;

/// <summary>docs/networks.md says what the code does.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void The_table_of_networks_is_true_and_whole()
    {
        var rows = File.ReadLines(Path.Combine(Docs(), "networks.md"))
            .Where(line =>
                line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Name", StringComparison.Ordinal)
            )
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
            .ToList();
        foreach (var cells in rows)
        {
            var summary = NetworkSummary.Of(NetworkCatalog.Create(cells[0]));
            string Number(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
            Assert.Equal(
                [
                    cells[0],
                    Number(summary.Parameters.Trainable, "N0"),
                    Number(summary.Parameters.All, "N0"),
                    Number(summary.MultiplyAdds.True / 1e9, "0.00"),
                    Number(summary.MultiplyAdds.OutputSizeConvention / 1e9, "0.00"),
                    Number(summary.ReceptiveField, "0"),
                ],
                [cells[0], .. cells[2..]]
            );
        }
        Assert.Subset(
            rows.Select(cells => cells[0]).ToHashSet(),
            NetworkCatalog.Names.Except(["unet-128"]).ToHashSet()
        );
    }

    [Theory]
    [InlineData("unet-256")]
    [InlineData("resnet-9")]
    [InlineData("vgg16-unet")]
    [InlineData("patch")]
    public void The_drawings_are_those_of_imt_summary(string name) =>
        Assert.Equal(
            NetworkDiagram.ToSvg(NetworkCatalog.Create(name)),
            File.ReadAllText(Path.Combine(Docs(), "images", name + ".svg"))
        );

    private static string Docs([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../docs"));
}
