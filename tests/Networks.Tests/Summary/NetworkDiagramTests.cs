using System.Xml.Linq;

namespace MlNetImageTranslation.Networks.Tests;

public sealed class NetworkDiagramTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData("unet-256", 7, 0)]
    [InlineData("resnet-9", 0, 9)]
    [InlineData("encoder-decoder-256", 0, 0)]
    [InlineData("vgg16-unet", 4, 0)]
    [InlineData("plain-unet", 4, 0)]
    // Seven skips of the generator, and the image itself beside the generated one.
    [InlineData("keras-pix2pix", 8, 0)]
    [InlineData("patch", 0, 0)]
    [InlineData("image", 0, 0)]
    public void Every_skip_and_residual_connection_is_an_arrow(string name, int skips, int residuals)
    {
        var svg = XDocument.Parse(NetworkDiagram.ToSvg(NetworkCatalog.Create(name))).Root!;
        var strokes = svg.Elements(s_svg + "path").Select(path => (string?)path.Attribute("stroke")).ToList();
        Assert.Equal(skips, strokes.Count(stroke => stroke == "#2e86de"));
        Assert.Equal(residuals, strokes.Count(stroke => stroke == "#8e44ad"));
    }

    [Fact]
    public void Trainable_parameters_are_told_apart_from_others()
    {
        Assert.Contains(
            "54,413,955 trainable parameters, 9,856 running statistics",
            NetworkDiagram.ToSvg(NetworkCatalog.Create("unet-256"))
        );
        Assert.Contains(
            "10,178,499 trainable parameters, 14,714,688 frozen, 3,840 running statistics",
            NetworkDiagram.ToSvg(NetworkCatalog.Create("vgg16-unet"))
        );
    }

    [Fact]
    public void Every_layer_is_in_some_box_and_every_box_in_the_image()
    {
        foreach (var name in NetworkCatalog.Names)
        {
            var graph = NetworkCatalog.Create(name);
            var svg = XDocument.Parse(NetworkDiagram.ToSvg(graph)).Root!;
            var hints = string.Join("\n", svg.Descendants(s_svg + "title").Select(title => title.Value));
            foreach (var layer in graph.Layers)
                Assert.Contains(layer.Name + ": ", hints);
            double width = (double)svg.Attribute("width")!,
                height = (double)svg.Attribute("height")!;
            foreach (var box in svg.Descendants(s_svg + "g").Elements(s_svg + "rect"))
            {
                Assert.InRange((double)box.Attribute("x")! + (double)box.Attribute("width")!, 0, width);
                Assert.InRange((double)box.Attribute("y")! + (double)box.Attribute("height")!, 0, height - 60);
            }
        }
    }
}
