using System.Xml.Linq;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class SummaryCommandTests
{
    [Theory]
    [InlineData("unet-256", 54_413_955)]
    [InlineData("resnet-9", 11_378_179)]
    [InlineData("resnet-6", 7_837_699)]
    [InlineData("patch", 2_768_705)]
    [InlineData("keras-unet-256", 54_419_459)]
    [InlineData("keras-pix2pix", 54_419_459)]
    [InlineData("keras-patch", 6_965_441)]
    [InlineData("keras-cyclegan-patch", 2_766_529)]
    public async Task Prints_the_published_count_of_trainable_parameters(string name, int trainable)
    {
        var (code, output, _) = await Imt.RunAsync("summary", name);
        Assert.Equal(0, code);
        Assert.Matches($@"(?m)^Trainable parameters +{trainable:N0}\r?$", output);
    }

    [Theory]
    [InlineData("unet-128")]
    [InlineData("encoder-decoder-256")]
    [InlineData("pixel")]
    [InlineData("image")]
    [InlineData("keras-resnet-6")]
    public async Task Knows_the_other_names(string name)
    {
        var (code, output, _) = await Imt.RunAsync("summary", name);
        Assert.Equal(0, code);
        Assert.StartsWith(name + ": ", output);
        Assert.Contains("Receptive field", output);
    }

    [Fact]
    public async Task Options_change_the_network()
    {
        var (code, output, _) = await Imt.RunAsync(
            "summary",
            "basic",
            "--layers",
            "5",
            "--channels",
            "3",
            "--norm",
            "instance",
            "--ndf",
            "32",
            "--size",
            "512"
        );
        Assert.Equal(0, code);
        Assert.StartsWith("patch: 3x512x512 -> 1x14x14", output);
        Assert.Matches(@"layer2\.norm \(InstanceNorm\) +64x128x128 ", output);
        Assert.Contains("Receptive field: 286x286 pixels", output);
    }

    [Fact]
    public async Task Draws_an_SVG_file()
    {
        using var folder = new TemporaryFolder();
        var (code, _, _) = await Imt.RunAsync("summary", "unet-64", "--svg", folder.File("net.svg"));
        Assert.Equal(0, code);
        Assert.Equal("svg", XDocument.Load(folder.File("net.svg")).Root!.Name.LocalName);
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_the_known_ones()
    {
        var (code, output, error) = await Imt.RunAsync("summary", "stylegan");
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("no network named 'stylegan'", error);
        Assert.DoesNotContain("Did you mean", error);
        Assert.Contains("keras-cyclegan-patch", error);
        (_, _, error) = await Imt.RunAsync("summary", "resnte-9");
        Assert.Contains("no network named 'resnte-9'. Did you mean 'resnet-9'", error);
    }
}
