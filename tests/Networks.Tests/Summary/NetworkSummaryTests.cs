namespace MlNetImageTranslation.Networks.Tests;

public sealed class NetworkSummaryTests
{
    [Fact]
    public void The_table_has_every_layer_with_shape_and_parameters_as_Keras_prints_them()
    {
        var text = NetworkSummary.Of(NetworkCatalog.Create("keras-unet-256")).ToString();
        var lines = text.Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .ToList();
        // Rows of the tutorial's summary: 64x128x128 with 3,136; 128x64x64 with 131,200; batch norm of 128 with 512.
        Assert.Contains("down1.conv (Conv 4x4 /2 pad 1) 64x128x128 3,136 input", lines);
        Assert.Contains("down2.conv (Conv 4x4 /2 pad 1) 128x64x64 131,200 down1.activation", lines);
        Assert.Contains("down2.norm (BatchNorm) 128x64x64 512 down2.conv", lines);
        Assert.Contains("up7.concat (Concat) 1024x2x2 0 up8.dropout, down7.activation", lines);
        Assert.Contains("Trainable parameters 54,419,459", lines);
        Assert.Contains("Running statistics 9,856", lines);
        Assert.Contains("All parameters 54,429,315", lines);
        Assert.Contains("Multiply-adds 6.05 G", lines);
        Assert.Contains("Size multiple 256", lines);
    }

    [Fact]
    public void The_composite_tells_what_is_frozen()
    {
        var text = NetworkSummary.Of(NetworkCatalog.Create("keras-pix2pix")).ToString();
        Assert.Matches("Trainable parameters +54,419,459\n", text);
        Assert.Matches("Not trainable +6,978,113\n", text);
        Assert.Matches("All parameters +61,397,572\n", text);
        Assert.Contains("pair (Concat)", text);
    }

    [Fact]
    public void The_receptive_field_stands_layer_by_layer()
    {
        var text = NetworkSummary.Of(NetworkCatalog.Create("patch")).ToString();
        foreach (
            var row in new[]
            {
                @"layer1\.conv .* 70 +4\n",
                @"layer2\.conv .* 34 +10\n",
                @"layer3\.conv .* 16 +22\n",
                @"layer4\.conv .* 7 +46\n",
                @"logits .* 4 +70\n",
                "Receptive field: 70x70",
            }
        )
            Assert.Matches(row, text);
    }

    [Fact]
    public void Parameters_and_work_of_the_rows_add_up()
    {
        foreach (var name in NetworkCatalog.Names)
        {
            var summary = NetworkSummary.Of(NetworkCatalog.Create(name));
            Assert.Equal(summary.Parameters.All, summary.Rows.Sum(row => row.Parameters.All));
            Assert.Equal(summary.MultiplyAdds.True, summary.Rows.Sum(row => row.MultiplyAdds.True));
        }
    }
}
