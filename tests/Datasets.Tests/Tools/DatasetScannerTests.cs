using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Imaging.Tests;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class DatasetScannerTests
{
    [Fact]
    public void Every_kind_of_problem_is_found_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 10; i++)
            Save(folder, $"train/good{i}.png", TestImages.Noise(16, 8, i));
        Save(folder, "train/again.png", TestImages.Noise(16, 8, 3));
        Save(folder, "train/flat.png", PairSplitter.Join(TestImages.Noise(8, 8, 50), RgbImage.Filled(8, 8, 5, 6, 7)));
        Save(folder, "train/odd.png", TestImages.Noise(15, 8, 51));
        File.WriteAllBytes(folder.File("train/cut.png"), File.ReadAllBytes(folder.File("train/good1.png"))[..40]);
        File.WriteAllText(folder.File("train/notes.txt"), "no image");
        Save(folder, "val/seen.png", TestImages.Noise(16, 8, 7));
        Save(folder, "val/new.png", TestImages.Noise(16, 8, 99));

        var report = DatasetScanner.Scan(folder.Path);
        Assert.Equal([KeyValuePair.Create("train", 14), KeyValuePair.Create("val", 2)], report.Parts);
        Assert.Equal(KeyValuePair.Create("16x8", 14), report.Sizes[0]);
        var found = report
            .Problems.Select(p => $"{p.Kind} {p.Part} {Path.GetFileName(p.File)}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "Constant train flat.png",
                "Duplicate train good3.png",
                "Leak val seen.png",
                "OddSize train odd.png",
                "Unreadable train cut.png",
            ],
            found
        );
        Assert.Equal(
            ["cut.png", "flat.png", "odd.png", "seen.png"],
            report.FilesToSkip.Select(f => Path.GetFileName(f)!).Order()
        );
        var error = Assert.Throws<InvalidDataException>(report.ThrowIfBad);
        Assert.Contains("4 bad images", error.Message);
        Assert.Contains("right half has one colour", report.ToText());
        Assert.Contains("\"kind\": \"Leak\"", report.ToJson());
    }

    [Fact]
    public void A_clean_set_of_unpaired_images_has_no_problems()
    {
        using var folder = new TemporaryFolder();
        foreach (var part in new[] { "trainA", "trainB", "testA" })
            for (var i = 0; i < 3; i++)
                Save(folder, $"{part}/{i}.png", TestImages.Noise(9 + i, 8, i + 10 * part.Length + part[^1]));
        var report = DatasetScanner.Scan(folder.Path);
        Assert.Empty(report.Problems);
        Assert.Equal(["trainA", "trainB", "testA"], report.Parts.Select(p => p.Key));
        report.ThrowIfBad();
    }

    [Fact]
    public void A_image_unlike_the_others_in_size_is_told()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 19; i++)
            Save(folder, $"{i}.png", TestImages.Noise(8, 8, i));
        Save(folder, "z.png", TestImages.Noise(10, 8, 100));
        var problem = Assert.Single(DatasetScanner.Scan(folder.Path).Problems);
        Assert.Equal(DatasetProblemKind.OddSize, problem.Kind);
        Assert.Contains("is 10x8", problem.Detail);
        Assert.False(problem.ShouldSkip);
    }

    [Fact]
    public void A_folder_without_images_is_an_error()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            folder.Path,
            Assert.Throws<InvalidDataException>(() => DatasetScanner.Scan(folder.Path)).Message
        );
        Assert.Throws<DirectoryNotFoundException>(() => DatasetScanner.Scan(folder.File("none")));
    }

    private static void Save(TemporaryFolder folder, string name, RgbImage image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        ImageEncoder.Save(image, folder.File(name));
    }
}
