using System.Text.Json.Nodes;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Training on images that are no squares.</summary>
public sealed class RectangleTests
{
    [Theory]
    [InlineData("unet-16", "patch")]
    [InlineData("resnet-1", "image")]
    public void A_run_is_resumed_bit_for_bit_and_exported(string generator, string discriminator)
    {
        using var folder = new TemporaryFolder();
        void Change(Pix2PixTrainer.Options options)
        {
            options.Pairs = Pairs(8);
            options.ValidationPairs = Pairs(2);
            options.Generator = generator;
            options.Dropout = generator == "resnet-1";
            options.Discriminator = discriminator;
            options.LoadSize = new(40, 20);
            options.CropSize = new(32, 16);
        }
        TinyRun.Interrupt(folder.File("run"), 7, Change);
        TinyRun.Resume(folder.File("run"), Change);
        var whole = TinyRun.Pix2Pix(folder.File("whole"));
        Change(whole);
        whole.ExportModel = true;
        new Pix2PixTrainer(whole).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));

        var recorded = JsonNode.Parse(File.ReadAllText(folder.File("run/options.json")))!["options"]!;
        Assert.Equal("32x16", recorded["cropSize"]!.GetValue<string>());
        var trained = RunExporter.Load(folder.File("run"));
        Assert.Equal(new ImageSize(32, 16), trained.TrainingSize);
        Assert.Equal((16, 32), (trained.Graph.Input.Height, trained.Graph.Input.Width));
        Assert.Equal(new ImageSize(32, 16), OnnxModelInfo.Read(folder.File("whole/model.onnx")).Card!.TrainingSize);
        Assert.True(ImageDecoder.Decode(folder.File("whole/samples/epoch-0002.png")).Width > 3 * 32);
    }

    [Fact]
    public void Each_side_has_to_be_a_multiple_of_what_the_generator_needs()
    {
        var options = TinyRun.Pix2Pix(null);
        (options.Generator, options.Dropout) = ("unet-16", false);
        (options.LoadSize, options.CropSize) = (new(48, 40), new(32, 24));
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).Message;
        Assert.Contains("CropSize", message);
        Assert.Contains("multiples of 16", message);
        Assert.Contains("32x24", message);
        (options.LoadSize, options.CropSize) = (new(48, 30), new(32, 32));
        Assert.Equal(
            nameof(options.LoadSize),
            Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).ParamName
        );
    }

    private static ImagePairs Pairs(int count) =>
        ImagePairs.FromImages([
            .. Enumerable
                .Range(0, count)
                .Select(i => TestTensors.Image(i, 44, 22))
                .Select(image => (image, TestTensors.Negative(image))),
        ]);
}
