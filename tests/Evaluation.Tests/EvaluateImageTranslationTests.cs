using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms.Tests;

namespace MlNetImageTranslation.Evaluation.Tests;

public sealed class EvaluateImageTranslationTests(EvaluationModels models) : IClassFixture<EvaluationModels>
{
    private readonly MLContext _ml = new();

    private sealed class Row
    {
        public string Name { get; set; } = "";

        public int Number { get; set; }

        public string TargetPath { get; set; } = "";

        [ImageType(8, 8)]
        public MLImage? Target { get; set; }

        [ImageType(8, 8)]
        public MLImage? Translated { get; set; }

        [ImageType(8, 8)]
        public MLImage? Labels { get; set; }
    }

    private static RgbImage Target(int i) => TestImages.Make(8, 8, i);

    private static RgbImage Translated(int i) => TestImages.Make(8, 8, 100 + i);

    private IDataView Rows(int count, bool withGap = false) =>
        _ml.Data.LoadFromEnumerable(
            Enumerable
                .Range(0, count)
                .Select(i => new Row
                {
                    Name = $"image {i}",
                    Target = Target(i).ToMLImage(),
                    Translated = withGap && i == 1 ? null : Translated(i).ToMLImage(),
                    Labels = RgbImage.Filled(8, 8, 255, 0, 0).ToMLImage(),
                })
                .ToArray()
        );

    [Fact]
    public void Image_scores_are_averaged_and_named()
    {
        var metrics = _ml.ImageTranslation.Evaluate(Rows(3), nameColumnName: "Name");
        var expected = Enumerable.Range(0, 3).Select(i => ImageScores.Of(Translated(i), Target(i))).ToArray();
        Assert.Equal(3, metrics.Images);
        Assert.Equal(expected.Average(s => s.L1), metrics.L1, 1e-9);
        Assert.Equal(expected.Average(s => s.Psnr), metrics.Psnr, 1e-9);
        Assert.Equal(expected.Average(s => s.Ssim), metrics.Ssim, 1e-9);
        Assert.Equal(["image 0", "image 1", "image 2"], metrics.PerImage.Select(p => p.Name));
        Assert.Null(metrics.FrechetDistance);
        Assert.Contains("SSIM", metrics.ToString());
    }

    [Fact]
    public void Rows_without_a_image_are_left_out() =>
        Assert.Equal(["1", "3"], _ml.ImageTranslation.Evaluate(Rows(3, withGap: true)).PerImage.Select(p => p.Name));

    [Fact]
    public void Distances_of_features_come_with_their_protocol()
    {
        var options = new ImageTranslationEvaluationOptions
        {
            Features = new() { ModelFile = models.File("mean-color"), BatchSize = 2 },
        };
        var paired = _ml.ImageTranslation.Evaluate(Rows(5), options: options);
        FeatureSet a = new(),
            b = new();
        using (var network = new FeatureNetwork(options.Features))
        {
            network.AddTo(a, Enumerable.Range(0, 5).Select(Translated));
            network.AddTo(b, Enumerable.Range(0, 5).Select(Target));
        }
        Assert.Equal(FrechetDistance.Compute(a, b), paired.FrechetDistance!.Value, 1e-9);
        var kernel = KernelDistance.Compute(a, b);
        Assert.Equal(kernel.Mean, paired.KernelDistance);
        Assert.Equal(kernel.StandardDeviation, paired.KernelDeviation);
        Assert.Equal("mean-color.onnx, 8x8 Bicubic; 5 translated, 5 targets, 3 features", paired.FeatureProtocol);

        var unpaired = _ml.ImageTranslation.Evaluate(Rows(4), "Translated", Rows(5), "Target", options);
        Assert.True(double.IsNaN(unpaired.L1));
        Assert.Equal(
            (4, true),
            (
                unpaired.Images,
                unpaired.FeatureProtocol!.EndsWith("4 translated, 5 targets, 3 features", StringComparison.Ordinal)
            )
        );
        Assert.Empty(unpaired.PerImage);
    }

    [Fact]
    public void Fcn_scores_go_both_ways()
    {
        var palette = LabelPalette.Parse(["255 0 0 red", "0 255 0 green", "0 0 255 blue"], "test");
        var toLabels = _ml.ImageTranslation.Evaluate(Rows(3), options: new() { Palette = palette });
        var matrix = new ConfusionMatrix(3);
        for (int i = 0; i < 3; i++)
            matrix.Add(palette.Classify(Target(i)), palette.Classify(Translated(i)));
        var scores = matrix.Score();
        Assert.Equal(scores.PixelAccuracy, toLabels.PixelAccuracy);
        Assert.Equal(scores.ClassAccuracy, toLabels.ClassAccuracy);
        Assert.Equal(scores.ClassIoU, toLabels.ClassIoU);

        var network = new ImageNetworkOptions { ModelFile = models.File("scores") };
        var toPhoto = _ml.ImageTranslation.Evaluate(
            Rows(3),
            options: new()
            {
                Palette = palette,
                SegmentationNetwork = network,
                LabelColumnName = "Labels",
            }
        );
        double red = 0;
        for (int i = 0; i < 3; i++)
        for (int p = 0; p < 64; p++)
        {
            var pixels = Translated(i).Pixels;
            if (pixels[3 * p] >= pixels[3 * p + 1] && pixels[3 * p] >= pixels[3 * p + 2])
                red++;
        }
        Assert.Equal(red / (3 * 64), toPhoto.PixelAccuracy!.Value, 1e-12);
        Assert.Throws<ArgumentNullException>(() =>
            _ml.ImageTranslation.Evaluate(Rows(3), options: new() { Palette = palette, SegmentationNetwork = network })
        );
    }

    [Fact]
    public void Targets_may_be_paths()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 3; i++)
            ImageEncoder.Save(Target(i), folder.File($"{i}.png"));
        var rows = _ml.Data.LoadFromEnumerable(
            Enumerable
                .Range(0, 3)
                .Select(i => new Row { TargetPath = folder.File($"{i}.png"), Translated = Translated(i).ToMLImage() })
        );
        var ofPaths = _ml.ImageTranslation.Evaluate(rows, "TargetPath");
        var ofImages = _ml.ImageTranslation.Evaluate(Rows(3));
        Assert.Equal(3, ofPaths.Images);
        Assert.Equal(ofImages.L1, ofPaths.L1);
        Assert.Equal(ofImages.Ssim, ofPaths.Ssim);
    }

    [Fact]
    public void Bad_columns_sizes_and_counts_are_told()
    {
        Assert.Contains(
            "'x'",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.ImageTranslation.Evaluate(Rows(1), "x")).Message
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.ImageTranslation.Evaluate(Rows(1), "Number"));
        // Text is taken for paths.
        Assert.Contains(
            "image 0",
            Assert.ThrowsAny<IOException>(() => _ml.ImageTranslation.Evaluate(Rows(1), "Name")).Message
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.ImageTranslation.Evaluate(Rows(1), nameColumnName: "Target")
        );
        Assert.Throws<InvalidOperationException>(() => _ml.ImageTranslation.Evaluate(Rows(0)));
        Assert.Throws<InvalidOperationException>(() =>
            _ml.ImageTranslation.Evaluate(
                Rows(1),
                options: new() { Features = new() { ModelFile = models.File("mean-color") } }
            )
        );
        using var evaluator = new ImageTranslationEvaluator();
        var error = Assert.Throws<ArgumentException>(() =>
            evaluator.Add("a.png", new RgbImage(2, 2), new RgbImage(3, 2))
        );
        Assert.Contains("'a.png' was translated to 2x2; its target is 3x2", error.Message);
        Assert.Throws<ArgumentException>(() =>
            _ml.ImageTranslation.Evaluate(Rows(2), "Translated", Rows(2), "Target", new())
        );
    }
}
