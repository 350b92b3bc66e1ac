using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Dropout at test time, 16-bit weights, the card, and what is refused.</summary>
public sealed class ExportOptionsTests
{
    private static readonly NetworkGraph s_unet = NetworkCatalog.Create(
        new NetworkOptions { Architecture = "unet-64", Filters = 4 }
    );

    [Fact]
    public void Dropout_is_off_unless_asked_for()
    {
        var image = RandomNetworks.Bytes(64 * 64 * 3);
        using var off = new Exported(s_unet, new());
        using var on = new Exported(s_unet, new() { DropoutAtInference = true });
        Assert.Equal(off.Translate(image, 1, 64, 64), off.Translate(image, 1, 64, 64));
        Assert.NotEqual(on.Translate(image, 1, 64, 64), on.Translate(image, 1, 64, 64));
        Assert.False(off.Card.DropoutAtInference);
        Assert.True(on.Card.DropoutAtInference);
    }

    [Fact]
    public void Dropout_at_test_time_zeroes_its_share_and_scales_the_rest()
    {
        var graph = new NetworkBuilder("dropout", new(3, 64, 64)).Dropout("d", 0.25f).Build();
        using var model = new Exported(
            graph,
            new() { Interface = ModelInterface.FloatNchw, DropoutAtInference = true }
        );
        var values = model.Runner.Run<float, float>([.. Enumerable.Repeat(3f, 3 * 64 * 64)], 1, 3, 64, 64).Values;
        Assert.Equal([0f, 4f], values.Distinct().Order());
        Assert.InRange(values.Count(value => value == 0) / (double)values.Length, 0.2, 0.3);
    }

    [Fact]
    public void Sixteen_bit_weights_halve_the_file_and_stay_above_the_stated_PSNR()
    {
        foreach (
            var item in ArchitectureCases
                .All.Where(item =>
                    item.Key is "unet-256.Image" or "resnet-9.Image" or "unet-128.Running" or "plain-unet.Running"
                )
                .Select(item => item.Value)
        )
        {
            var options = new OnnxExportOptions { NormStatistics = item.Option };
            using var full = new Exported(item.Graph, options);
            using var half = new Exported(item.Graph, options with { Precision = WeightPrecision.Float16 });
            var (height, width) = (item.Graph.Input.Height, item.Graph.Input.Width);
            var image = RandomNetworks.Bytes(height * width * 3);

            var (expected, actual) = (full.Translate(image, 1, height, width), half.Translate(image, 1, height, width));

            double error = expected.Zip(actual, (e, a) => (double)(e - a) * (e - a)).Average();
            Assert.True(
                error == 0 || 10 * Math.Log10(255 * 255 / error) > OnnxExporter.Float16MinimumPsnr,
                $"{item.Graph.Name}: squared error {error}"
            );
            Assert.InRange(half.Info.FileLength, full.Info.FileLength / 2 - 8192, full.Info.FileLength / 2 + 12288);
            Assert.Equal(WeightPrecision.Float16, half.Card.Precision);
            Assert.Equal(full.Card.WeightsSha256, half.Card.WeightsSha256);
        }
    }

    [Fact]
    public void Weights_beyond_16_bits_keep_32()
    {
        var graph = new NetworkBuilder("large", new(3, 4, 4)).Convolution("c", 3, 1, bias: false).Build();
        var weights = new StateDict { ["c.weight"] = new([3, 3, 1, 1], [1e6f, 0, 0, 0, 1, 0, 0, 0, 1]) };
        using var model = new Exported(
            graph,
            new() { Interface = ModelInterface.FloatNchw, Precision = WeightPrecision.Float16 },
            weights
        );
        Assert.Equal([1e6f, 1, 1], model.Runner.Run<float, float>([1, 1, 1], 1, 3, 1, 1).Values);
    }

    [Fact]
    public void The_card_travels_in_the_file()
    {
        var provenance = new ModelProvenance
        {
            Trainer = "pix2pix",
            Direction = "AtoB",
            Epoch = 20,
            Steps = 8000,
            BatchSize = 1,
            DataSet = "facades",
            TrainingImages = 400,
            CreatedBy = "test",
            Created = DateTimeOffset.UnixEpoch,
        };
        using var model = new Exported(s_unet, new() { Provenance = provenance, TrainingSize = new(256, 128) });
        Assert.Equal(model.Card, model.Info.Card);
        Assert.Equal(provenance, model.Info.Card!.Provenance);
        Assert.Equal("unet-64", model.Info.Card.Architecture);
        Assert.Equal(64, model.Info.Card.SizeMultiple);
        Assert.Equal(new ImageSize(256, 128), model.Info.Card.TrainingSize);
        Assert.Equal(ModelInterface.Uint8Nhwc, model.Info.Card.Interface);
        Assert.Equal(RandomNetworks.Weights(s_unet).ComputeHash(), model.Info.Card.WeightsSha256);
        Assert.Equal("unet-64", model.Runner.Session.ModelMetadata.CustomMetadataMap["architecture"]);
        Assert.Equal(
            model.Card,
            ModelCard.FromJson(model.Runner.Session.ModelMetadata.CustomMetadataMap[ModelCard.MetadataKey])
        );
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        var provenance = new ModelProvenance { Created = DateTimeOffset.UnixEpoch };
        using MemoryStream first = new(),
            second = new();
        OnnxExporter.Export(s_unet, RandomNetworks.Weights(s_unet), new() { Provenance = provenance }, first);
        OnnxExporter.Export(s_unet, RandomNetworks.Weights(s_unet), new() { Provenance = provenance }, second);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void A_failed_export_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.onnx");
        File.WriteAllText(path, "old");
        var weights = RandomNetworks.Weights(s_unet);
        weights["up1.conv.bias"] = new([2], [0, 0]);
        var problem = Assert.Throws<ArgumentException>(() => OnnxExporter.Export(s_unet, weights, new(), path));
        Assert.Contains("up1.conv.bias: expected [3], found [2]", problem.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Discriminators_have_the_float_interface_only()
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "patch", Filters = 4 });
        var problem = Assert.Throws<ArgumentException>(() =>
            OnnxExporter.Export(graph, RandomNetworks.Weights(graph), new(), Stream.Null)
        );
        Assert.Contains("float interface only", problem.Message);
    }
}
