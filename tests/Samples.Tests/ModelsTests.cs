using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>
/// The models that come with the project keep what models/README.md promises, on images that none of them has seen.
/// </summary>
public sealed class ModelsTests
{
    private const int FirstSeed = 100_000,
        Images = 12;

    [Theory]
    [InlineData("maps", 15)] // a constant colour: 45
    [InlineData("aerial", 27)] // 31
    [InlineData("photo", 21)] // 31
    public void A_model_translates_images_that_it_has_not_seen(string name, double largest)
    {
        using var engine = new TranslationEngine(
            Path.Combine(Folder(), name + ".onnx"),
            new() { Device = TranslationDevice.Cpu }
        );
        var scores = new List<ImageScores>();
        for (int seed = FirstSeed; seed < FirstSeed + Images; seed++)
        {
            var (aerial, map) = AerialMapSynthesizer.Create(seed);
            var (source, target) = name switch
            {
                "maps" => (aerial, map),
                "aerial" => (map, aerial),
                _ => (DatasetTools.Pencil(aerial), aerial),
            };
            scores.Add(ImageScores.Of(engine.Translate(source), target));
        }
        Assert.InRange(ImageScores.Mean(scores).L1, 0, largest);
    }

    [Theory]
    [InlineData("maps")]
    [InlineData("photo")]
    public void A_saved_pipeline_of_a_model_is_read_by_MLNet_alone(string name)
    {
        using var folder = new TemporaryFolder();
        ImageEncoder.Save(AerialMapSynthesizer.Create(FirstSeed).Aerial, folder.File("photo.png"));
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable([new { File = "photo.png" }]);
        RgbImage expected;
        using (
            var model = context
                .Transforms.LoadImages("Photo", folder.Path, "File")
                .Append(context.Transforms.ResizeImages("Photo", 128, 128))
                .Append(
                    context.Transforms.TranslateImage(
                        new ImageTranslationOptions
                        {
                            OutputColumnName = "Result",
                            InputColumnName = "Photo",
                            ModelFile = Path.Combine(Folder(), name + ".onnx"),
                            Device = TranslationDevice.Cpu,
                            ConvolutionAlgorithm = ConvolutionAlgorithm.Direct,
                        }
                    )
                )
                .Fit(data)
        )
        {
            using var image = model.Transform(data).GetColumn<MLImage>("Result").Single();
            expected = RgbImage.FromMLImage(image);
            context.Model.Save(model, data.Schema, folder.File("model.zip"));
        }
        using var loaded = (IDisposable)context.Model.Load(folder.File("model.zip"), out _);
        using var result = ((ITransformer)loaded).Transform(data).GetColumn<MLImage>("Result").Single();
        Assert.Equal(expected.Pixels, RgbImage.FromMLImage(result).Pixels);
    }

    [Fact]
    public void Every_model_is_small_says_where_it_comes_from_and_stands_in_the_list_with_a_grid_and_samples()
    {
        string list = File.ReadAllText(Path.Combine(Folder(), "README.md"));
        string[] files = Directory.GetFiles(Folder(), "*.onnx");
        Assert.Equal(4, files.Length);
        Assert.All(
            files,
            file =>
            {
                string name = Path.GetFileNameWithoutExtension(file);
                Assert.InRange(new FileInfo(file).Length, 1, 12_000_000);
                Assert.Equal("pix2pix", OnnxModelInfo.Read(File.ReadAllBytes(file)).Card?.Provenance?.Trainer);
                Assert.Contains($"| `{name}` |", list);
                Assert.True(File.Exists(Path.ChangeExtension(file, ".png")), $"no grid of {name}");
                Assert.NotEmpty(Directory.GetFiles(Path.Combine(Folder(), "samples", name)));
            }
        );
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "models");
}
