using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class PairedNamesTests
{
    [Theory]
    // Cityscapes' names, all of them of frame 19.
    [InlineData(
        "aachen_000000_000019_gtFine_labelIds.png bochum_000000_000019_gtFine_labelIds.png",
        "bochum_000000_000019_leftImg8bit.png aachen_000000_000019_leftImg8bit.png"
    )]
    [InlineData("a.png b.png", "b-mask.png a-mask.png")]
    [InlineData("x/a_photo.png y/a_photo.png", "y/a_map.png x/a_map.png")]
    public void Endings_that_all_names_have_are_left_out(string a, string b)
    {
        using var folder = new TemporaryFolder();
        var pairs = Pairs(folder, a, b);
        Assert.Equal(2, pairs.Count);
        Assert.Equal(a.Split(' ').Select(name => $"a/{name}"), DatasetFiles.Names(folder, pairs));
        // Each has its own, in whatever order they are listed.
        Assert.Equal(b.Split(' ').Order(StringComparer.Ordinal), PartnersOf(folder, a, b));
    }

    [Fact]
    public void Names_that_fit_as_they_are_stay_as_they_are()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(["1_x.png", "2_x.png"], PartnersOf(folder, "1_x.png 2_x.png", "1_x.png 2_x.png"));
    }

    [Fact]
    public void What_is_left_over_is_told()
    {
        using var folder = new TemporaryFolder();
        var pairs = Pairs(folder, "1_a.png 2_a.png", "1_b.png 2_b.png 3_b.png", allowUnusedB: true);
        Assert.Equal(2, pairs.Count);
        Assert.Equal(1, Assert.Single(pairs.LeftOut).Count);
    }

    [Theory]
    [InlineData("1_a.png 2_a.png", "1_b.png 3_b.png", "1_a.png")]
    // What a single name ends in, nobody knows.
    [InlineData("1_a.png", "1_b.png", "1_a.png")]
    // An ending begins with a separator: 10 and 20 do not end in 0.
    [InlineData("10.png 20.png", "1.png 2.png", "10.png")]
    // Without the ending, two would have one name.
    [InlineData("1.png 2.png", "1_b.png 1_b.b.png", "1.png")]
    public void Others_are_refused(string a, string b, string named)
    {
        using var folder = new TemporaryFolder();
        string message = Assert.Throws<InvalidDataException>(() => Pairs(folder, a, b)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("has no partner of the same name", message, StringComparison.Ordinal);
    }

    private static ImagePairs Pairs(TemporaryFolder folder, string a, string b, bool allowUnusedB = false)
    {
        DatasetFiles.Add(folder, [.. a.Split(' ').Select(name => $"a/{name}")]);
        DatasetFiles.Add(folder, [.. b.Split(' ').Select(name => $"b/{name}")]);
        return ImagePairs.FromFolders(folder.File("a"), folder.File("b"), allowUnusedB: allowUnusedB);
    }

    private static IEnumerable<string> PartnersOf(TemporaryFolder folder, string a, string b)
    {
        _ = Pairs(folder, a, b);
        return PairedNames
            .Match(ImageListing.Of(folder.File("a")), ImageListing.Of(folder.File("b")))
            .Select(pair => Path.GetRelativePath(folder.File("b"), pair.B).Replace('\\', '/'));
    }
}
