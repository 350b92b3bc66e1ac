using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation.Tests;

public sealed class SegmentationScoreTests
{
    [Fact]
    public void Scores_are_those_of_the_papers_script()
    {
        // Counts (rows are the truth): [[3, 1], [2, 4]]
        var matrix = new ConfusionMatrix(2);
        matrix.Add([0, 0, 0, 0, 1, 1, 1, 1, 1, 1], [0, 0, 0, 1, 0, 0, 1, 1, 1, 1]);
        var scores = matrix.Score();
        Assert.Equal(7 / 10.0, scores.PixelAccuracy, 12);
        Assert.Equal((3 / 4.0 + 4 / 6.0) / 2, scores.ClassAccuracy, 12);
        Assert.Equal((3 / 6.0 + 4 / 7.0) / 2, scores.ClassIoU, 12);
    }

    [Fact]
    public void Ignored_pixels_do_not_count_and_unknown_predictions_are_wrong()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add([0, ConfusionMatrix.Ignored, 1, 99], [0, 0, ConfusionMatrix.Ignored, 1]);
        var scores = matrix.Score();
        Assert.Equal(0.5, scores.PixelAccuracy);
        Assert.Equal(0.5, scores.ClassAccuracy);
        Assert.Equal(0.5, scores.ClassIoU);
        Assert.True(double.IsNaN(new ConfusionMatrix(2).Score().PixelAccuracy));
        Assert.Throws<ArgumentException>(() => matrix.Add([0], [0, 1]));
    }

    [Fact]
    public void A_palette_gives_pixels_the_class_of_the_nearest_colour()
    {
        var palette = LabelPalette.Parse(
            ["// facades", "", "255 0 0 wall", "0,255,0 window", "250 250 250 ignore", "128 0 0 wall"],
            "test"
        );
        Assert.Equal(["wall", "window"], palette.Names);
        var image = new RgbImage(4, 1, [240, 10, 0, 20, 200, 30, 255, 255, 255, 120, 0, 10]);
        Assert.Equal([0, 1, ConfusionMatrix.Ignored, 0], palette.Classify(image));
    }

    [Theory]
    [InlineData("1 2 wall")]
    [InlineData("1 2 256 wall")]
    [InlineData("-1 2 3 wall")]
    public void A_bad_line_is_named(string line)
    {
        var error = Assert.Throws<FormatException>(() => LabelPalette.Parse(["0 0 0 ground", line], "p.txt"));
        Assert.Contains("'p.txt', line 2", error.Message);
    }
}
