namespace MlNetImageTranslation.Networks.Tests;

/// <summary>The published parameter counts.</summary>
public sealed class ParameterCountTests
{
    [Theory]
    // The reference prints 54.414 M, 41.83 M, 11.378 M, 7.838 M, 2.769 M when it starts.
    [InlineData("unet-256", 54_413_955, 9_856)]
    [InlineData("resnet-9", 11_378_179, 0)]
    [InlineData("resnet-6", 7_837_699, 0)]
    // CUT prints 11.378 M as well: its filters are buffers.
    [InlineData("resnet-9-antialiased", 11_378_179, 0)]
    [InlineData("patch", 2_768_705, 1_792)]
    [InlineData("patch-antialiased", 2_768_705, 1_792)]
    [InlineData("pytorch-gan-patch", 2_767_808, 0)]
    // PyTorch-GAN's models, summed by PyTorch.
    [InlineData("pytorch-gan-unet", 54_404_099, 0)]
    [InlineData("pytorch-gan-discogan", 29_241_731, 0)]
    [InlineData("pytorch-gan-dualgan", 41_828_995, 0)]
    // Keras' model.summary().
    [InlineData("keras-unet-256", 54_419_459, 9_856)]
    [InlineData("keras-patch", 6_965_441, 2_816)]
    [InlineData("keras-cyclegan-patch", 2_766_529, 0)]
    public void Counts_equal_the_published_ones(string architecture, long trainable, long statistics)
    {
        var counts = ParameterCounts.Of(NetworkCatalog.Create(architecture));
        Assert.Equal((trainable, 0, statistics), (counts.Trainable, counts.Frozen, counts.Statistics));
    }

    [Theory]
    [InlineData("keras-unet-256", 54_429_315)]
    [InlineData("keras-patch", 6_968_257)]
    [InlineData("keras-pix2pix", 61_397_572)]
    [InlineData("keras-resnet-6", 1_971_747)]
    public void Keras_totals_include_running_statistics(string architecture, long all) =>
        Assert.Equal(all, ParameterCounts.Of(NetworkCatalog.Create(architecture)).All);

    [Fact]
    public void The_composite_trains_its_generator_only()
    {
        var counts = ParameterCounts.Of(NetworkCatalog.Create("keras-pix2pix"));
        Assert.Equal((54_419_459, 6_978_113), (counts.Trainable, counts.NotTrainable));
    }

    [Fact]
    public void The_Keras_ResNet_has_batch_statistics_in_its_blocks() =>
        Assert.Equal(3_072, ParameterCounts.Of(NetworkCatalog.Create("keras-resnet-6")).Statistics);

    [Theory]
    [InlineData("patch", NormalizationKind.Instance, 3, 2_764_737)]
    [InlineData("resnet-9", NormalizationKind.Batch, 3, 11_383_427)]
    [InlineData("unet-256", NormalizationKind.Instance, 3, 54_409_603)]
    // pix2pixHD's global generator for 35 classes of Cityscapes and the edges of instances, as it prints it.
    [InlineData("pix2pixhd", NormalizationKind.Instance, 36, 182_546_755)]
    // With the local enhancer of 32 filters, and one of its discriminators (36 planes and an image).
    [InlineData("pix2pixhd-local", NormalizationKind.Instance, 3, 182_701_827)]
    [InlineData("pix2pixhd-local", NormalizationKind.Instance, 36, 182_857_059)]
    // --n_blocks_global 5 --n_blocks_local 2
    [InlineData("pix2pixhd-local-5-2", NormalizationKind.Instance, 3, 107_122_307)]
    [InlineData("pix2pixhd-patch", NormalizationKind.Instance, 39, 2_801_601)]
    public void Norm_and_channels_change_the_counts(
        string architecture,
        NormalizationKind norm,
        int channels,
        long trainable
    ) =>
        Assert.Equal(
            trainable,
            ParameterCounts
                .Of(
                    NetworkCatalog.Create(
                        new NetworkOptions
                        {
                            Architecture = architecture,
                            Norm = norm,
                            InputChannels = channels,
                        }
                    )
                )
                .Trainable
        );

    [Fact]
    public void The_VGG_encoder_is_frozen_and_has_torchvisions_size()
    {
        var counts = ParameterCounts.Of(NetworkCatalog.Create("vgg16-unet"));
        // torchvision's vgg16().features.
        Assert.Equal(14_714_688, counts.Frozen);
    }
}
