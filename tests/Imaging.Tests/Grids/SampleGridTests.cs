namespace MlNetImageTranslation.Imaging.Tests;

public sealed class SampleGridTests
{
    [Fact]
    public void Every_image_is_there_once_at_its_zoom()
    {
        RgbImage a = RgbImage.Filled(40, 30, 200, 0, 0),
            b = RgbImage.Filled(40, 30, 0, 200, 0),
            small = RgbImage.Filled(20, 10, 0, 0, 200);
        var grid = new SampleGrid("source", "target") { Title = "Two rows", Zoom = 2 };
        grid.Add(a, b);
        grid.AddLabelled("a label", small, b);
        var drawn = grid.Render();
        Assert.Equal(40 * 30 * 4, Count(drawn, 200, 0, 0));
        Assert.Equal(40 * 30 * 4 * 2, Count(drawn, 0, 200, 0));
        Assert.Equal(20 * 10 * 4, Count(drawn, 0, 0, 200));
        Assert.True(Count(drawn, 255, 255, 255) > 0);
    }

    [Fact]
    public void A_row_needs_a_image_for_each_heading()
    {
        var grid = new SampleGrid("source", "target");
        Assert.Contains("source, target", Assert.Throws<ArgumentException>(() => grid.Add(new RgbImage(2, 2))).Message);
        Assert.Throws<InvalidOperationException>(grid.Render);
    }

    [Fact]
    public void Letters_leave_ink_inside_their_measure_and_differ()
    {
        var seen = new HashSet<string>();
        for (var c = '!'; c <= '~'; c++)
        {
            var image = RgbImage.Filled(40, 40, 255, 255, 255);
            Caption.Draw(image, c.ToString(), 8, 8, 12, (0, 0, 0));
            var width = Caption.Measure(c.ToString(), 12);
            for (var y = 0; y < 40; y++)
            for (var x = 0; x < 40; x++)
                Assert.True(
                    image[x, y].R == 255 || (x >= 6 && x <= 9 + width && y >= 6 && y < 28),
                    $"'{c}' has ink at ({x}, {y})"
                );
            Assert.True(Count(image, 255, 255, 255) < 1600, $"'{c}' is invisible");
            Assert.True(seen.Add(Convert.ToHexString(image.Pixels)) || c is 'O', $"'{c}' looks like another letter");
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(300)]
    public void Headings_are_whole_over_images_of_any_width(int width)
    {
        foreach (string text in (string[])["source", "generated", "A to B to A", "target translated"])
        {
            var heading = new GridHeading(text, 8, width);
            Assert.Equal(text, string.Join(" ", heading.Lines));
            Assert.InRange(heading.ColumnWidth, width, Math.Max(width, 110));
            Assert.All(heading.Lines, line => Assert.InRange(Caption.Measure(line, 8), 1, heading.ColumnWidth));
        }
        var grid = new SampleGrid("source", "translated", "target translated");
        var image = RgbImage.Filled(width, 9, 0, 200, 0);
        grid.Add(image, image, image);
        var drawn = grid.Render();
        Assert.Equal(width * 9 * 3, Count(drawn, 0, 200, 0));
        // The margin stays free: nothing is written over an edge.
        for (int y = 0; y < drawn.Height; y++)
            Assert.True(drawn[0, y].R == 255 && drawn[drawn.Width - 1, y].R == 255);
        var narrow = new SampleGrid("source", "A", "B");
        narrow.Add(image, image, image);
        Assert.True(narrow.Render().Width <= drawn.Width);
    }

    [Fact]
    public void A_heading_without_an_end_is_cut()
    {
        var heading = new GridHeading(new string('w', 500), 8, 20);
        Assert.EndsWith("...", Assert.Single(heading.Lines));
        Assert.Equal(160, heading.ColumnWidth);
    }

    [Fact]
    public void A_long_caption_is_cut_to_its_cell()
    {
        var text = new string('w', 100);
        var fitted = Caption.Fit(text, 10, 120);
        Assert.EndsWith("...", fitted);
        Assert.InRange(Caption.Measure(fitted, 10), 60, 120);
    }

    private static int Count(RgbImage image, byte r, byte g, byte b) =>
        Enumerable
            .Range(0, image.Width * image.Height)
            .Count(i => image.Pixels[3 * i] == r && image.Pixels[3 * i + 1] == g && image.Pixels[3 * i + 2] == b);
}
