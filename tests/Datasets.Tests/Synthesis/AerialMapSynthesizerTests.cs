using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class AerialMapSynthesizerTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_another_place()
    {
        var (aerial, map) = AerialMapSynthesizer.Create(7, 64);
        var (aerialAgain, mapAgain) = AerialMapSynthesizer.Create(7, 64);
        var (otherAerial, otherMap) = AerialMapSynthesizer.Create(8, 64);
        Assert.Equal(aerial.Pixels, aerialAgain.Pixels);
        Assert.Equal(map.Pixels, mapAgain.Pixels);
        Assert.True(ImageScores.MeanAbsoluteError(aerial, otherAerial) > 5);
        Assert.True(ImageScores.MeanAbsoluteError(map, otherMap) > 5);
    }

    [Fact]
    public void A_place_is_the_same_at_any_size()
    {
        // The hatching is drawn on the pixels of the map whatever its size; the mean of whole hatches shows the place.
        static RgbImage WithoutHatching(RgbImage map) => map.Resize(16, 16, ResizeFilter.Box);
        var small = WithoutHatching(AerialMapSynthesizer.Create(3, 64).Map);
        var shrunk = WithoutHatching(AerialMapSynthesizer.Create(3, 128).Map);
        var elsewhere = WithoutHatching(AerialMapSynthesizer.Create(4, 64).Map);
        Assert.True(ImageScores.MeanAbsoluteError(small, shrunk) < ImageScores.MeanAbsoluteError(small, elsewhere) / 4);
    }

    [Fact]
    public void Colour_alone_does_not_solve_the_task()
    {
        var pairs = Enumerable
            .Range(100, 40)
            .AsParallel()
            .AsOrdered()
            .Select(seed => AerialMapSynthesizer.Create(seed, 64))
            .ToList();
        var held = pairs.Skip(30).ToList();
        var baselines = DatasetTools.FitBaselines(pairs.Take(30).Select(p => (p.Aerial, p.Map)).ToList());
        var scores = baselines.ToDictionary(
            b => b.Name,
            b => ImageScores.Mean([.. held.Select(p => ImageScores.Of(b.Translate(p.Aerial), p.Map))])
        );
        Assert.Equal(["identity", "constant colour", "colour table + blur"], scores.Keys);
        var best = scores.Values.Min(s => s.L1);
        Assert.True(best > 12, $"L1 of the best baseline is {best}");
        Assert.True(scores.Values.Max(s => s.Ssim) < 0.65);
        Assert.True(scores["colour table + blur"].L1 <= scores["identity"].L1);
    }

    [Fact]
    public void A_data_set_has_its_pairs_side_by_side()
    {
        using var folder = new TemporaryFolder();
        AerialMapSynthesizer.WriteDataset(folder.Path, 2, 1, size: 32, seed: 40);
        string[] expected = ["train/0001.png", "train/0002.png", "val/0001.png"];
        Assert.Equal(
            expected,
            Directory
                .GetFiles(folder.Path, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder.Path, f))
                .Order()
        );
        var (aerial, map) = ImageDecoder.Decode(folder.File("val/0001.png")).SplitPair();
        var (expectedAerial, expectedMap) = AerialMapSynthesizer.Create(42, 32);
        Assert.Equal(expectedAerial.Pixels, aerial.Pixels);
        Assert.Equal(expectedMap.Pixels, map.Pixels);
    }

    [Fact]
    public void A_data_set_of_labels_has_palette_and_instances_of_the_same_places()
    {
        using var folder = new TemporaryFolder();
        AerialMapSynthesizer.WriteLabelDataset(folder.Path, 1, 2, size: 64, seed: 40);
        string[] expected =
        [
            "instances/train/0001.png",
            "instances/val/0001.png",
            "instances/val/0002.png",
            "palette.txt",
            "train/0001.png",
            "val/0001.png",
            "val/0002.png",
        ];
        Assert.Equal(
            expected,
            Directory
                .GetFiles(folder.Path, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder.Path, f))
                .Order(StringComparer.Ordinal)
        );
        var palette = File.ReadAllLines(folder.File("palette.txt"))
            .Select(line => string.Join(' ', line.Split(' ')[..3]))
            .ToHashSet();
        Assert.Equal(11, palette.Count);
        var (aerial, labels) = ImageDecoder.Decode(folder.File("val/0001.png")).SplitPair();
        Assert.Equal(AerialMapSynthesizer.Create(41, 64).Aerial.Pixels, aerial.Pixels);
        var instances = ImageDecoder.Decode(folder.File("instances/val/0001.png"));
        string[] kinds = Colors(labels);
        Assert.Subset(palette, kinds.ToHashSet());
        Assert.True(kinds.Distinct().Count() > 3);
        // Ground that is no building has one instance for each kind; buildings have several.
        var ofKind = kinds.Zip(Colors(instances)).GroupBy(pair => pair.First, pair => pair.Second).ToList();
        Assert.Single(ofKind, kind => kind.Distinct().Count() > 1);
    }

    private static string[] Colors(RgbImage image) =>
        [.. image.Pixels.Chunk(3).Select(pixel => $"{pixel[0]} {pixel[1]} {pixel[2]}")];

    [Theory]
    [InlineData(31)]
    [InlineData(2000)]
    public void Sizes_out_of_range_are_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AerialMapSynthesizer.Create(1, size));
}
