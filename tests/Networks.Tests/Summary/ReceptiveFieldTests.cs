namespace MlNetImageTranslation.Networks.Tests;

public sealed class ReceptiveFieldTests
{
    [Theory]
    [InlineData("pixel", null, 1)]
    [InlineData("patch", 1, 16)]
    [InlineData("patch", 2, 34)]
    [InlineData("patch", 3, 70)]
    [InlineData("patch", 4, 142)]
    [InlineData("patch", 5, 286)]
    [InlineData("keras-patch", null, 142)]
    [InlineData("keras-cyclegan-patch", null, 94)]
    [InlineData("image", null, 256)]
    public void Discriminators_see_patches_of_the_published_sides(string architecture, int? layers, int side) =>
        Assert.Equal(
            side,
            ReceptiveField.Of(
                NetworkCatalog.Create(new NetworkOptions { Architecture = architecture, Layers = layers })
            )
        );

    [Fact]
    public void The_70x70_PatchGAN_goes_back_4_7_16_34_70()
    {
        var steps = ReceptiveField.Steps(NetworkCatalog.Create("patch"));
        Assert.Equal([4, 7, 16, 34, 70], steps.Reverse().Select(step => step.Window));
        Assert.Equal([4, 10, 22, 46, 70], steps.Select(step => step.Field));
        Assert.Equal(
            ["layer1.conv", "layer2.conv", "layer3.conv", "layer4.conv", "logits"],
            steps.Select(step => step.Layer.Name)
        );
    }

    /// <summary>The oracle: a network of ones on an image with one pixel lit shows which outputs see it.</summary>
    [Theory]
    [InlineData("resnet-1")]
    [InlineData("resnet-1-antialiased")]
    [InlineData("unet-8")]
    [InlineData("unet-16")]
    [InlineData("keras-resnet-6")]
    [InlineData("plain-unet")]
    [InlineData("patch")]
    [InlineData("patch-antialiased")]
    public void Fields_equal_those_found_by_lighting_single_pixels(string architecture)
    {
        var options = new NetworkOptions
        {
            Architecture = architecture,
            Filters = 1,
            Layers = architecture is "plain-unet" or "patch" or "patch-antialiased" ? 2 : null,
        };
        var graph = NetworkCatalog.Create(options);
        Assert.Equal(Influence.FieldOf(graph), ReceptiveField.Of(graph));
    }

    [Fact]
    public void Resize_convolutions_are_followed_too()
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "resnet-1",
                Filters = 1,
                ResizeConvolution = true,
            }
        );
        Assert.Equal(Influence.FieldOf(graph), ReceptiveField.Of(graph));
    }
}
