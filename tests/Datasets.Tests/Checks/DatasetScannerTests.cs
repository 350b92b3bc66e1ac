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
        Save(folder, "train/flat.png", RgbImage.JoinPair(TestImages.Noise(8, 8, 50), RgbImage.Filled(8, 8, 5, 6, 7)));
        Save(folder, "train/odd.png", TestImages.Noise(15, 8, 51));
        File.WriteAllBytes(folder.File("train/cut.png"), File.ReadAllBytes(folder.File("train/good1.png"))[..40]);
        File.WriteAllText(folder.File("train/notes.txt"), "no image");
        Save(folder, "val/seen.png", TestImages.Noise(16, 8, 7));
        Save(folder, "val/new.png", TestImages.Noise(16, 8, 99));

        var report = DatasetReport.Scan(folder.Path);
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
    public void Stores_are_looked_into_too()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 3; i++)
            Save(folder, $"raw/{i}.png", TestImages.Noise(16, 8, i));
        Save(folder, "raw/flat.png", RgbImage.Filled(16, 8, 5, 6, 7));
        Save(folder, "val/seen.png", TestImages.Noise(16, 8, 1));
        DatasetTools.WriteStore(folder.File("raw"), folder.File("train.imtcache"));
        Directory.Delete(folder.File("raw"), recursive: true);
        string[] expected =
        [
            $"Constant train {folder.File("train.imtcache")}: flat.png",
            $"Leak val {folder.File("val/seen.png")}",
        ];
        var report = DatasetReport.Scan(folder.Path);
        Assert.Equal([KeyValuePair.Create("train", 4), KeyValuePair.Create("val", 1)], report.Parts);
        Assert.Equal(
            expected,
            report.Problems.Select(p => $"{p.Kind} {p.Part} {p.File}").Order(StringComparer.Ordinal)
        );
        // The store itself, and one whose pixels were cut away.
        report = DatasetReport.Scan(folder.File("train.imtcache"));
        Assert.Equal(expected[..1], report.Problems.Select(p => $"{p.Kind} {p.Part} {p.File}"));
        File.WriteAllBytes(folder.File("train.imtcache"), File.ReadAllBytes(folder.File("train.imtcache"))[..^1]);
        Assert.Throws<FormatException>(() => DatasetReport.Scan(folder.Path));
    }

    [Fact]
    public void A_clean_set_of_unpaired_images_has_no_problems()
    {
        using var folder = new TemporaryFolder();
        foreach (var part in new[] { "trainA", "trainB", "testA" })
            for (var i = 0; i < 3; i++)
                Save(folder, $"{part}/{i}.png", TestImages.Noise(9 + i, 8, i + 10 * part.Length + part[^1]));
        var report = DatasetReport.Scan(folder.Path);
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
        var problem = Assert.Single(DatasetReport.Scan(folder.Path).Problems);
        Assert.Equal(DatasetProblemKind.OddSize, problem.Kind);
        Assert.Contains("is 10x8", problem.Detail);
        Assert.False(problem.ShouldSkip);
    }

    [Fact]
    public void What_is_left_out_is_told()
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, "train/1.png", "train/city/2.png");
        DatasetFiles.Touch(folder, "train/._1.png", "train/scan.gif", "train/city/list.txt");
        var report = DatasetReport.Scan(folder.Path);
        Assert.Equal([KeyValuePair.Create("train", 2)], report.Parts);
        string text = report.ToText();
        Assert.Contains("left out: 1 hidden file (such as '._1.png')", text);
        Assert.Contains("left out: 2 files of other extensions (such as 'city/list.txt')", text);
        Assert.Contains("nothing is wrong with the images that are used", text);
        Assert.Contains("\"reason\": \"Extension\"", report.ToJson());
        Assert.Empty(report.FilesToSkip);
    }

    [Fact]
    public void Sixteen_bits_that_are_not_used_are_told()
    {
        var why = PythonOracle.WhyMissing("numpy", "PIL");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        PythonOracle.Run(
            """
            import sys, numpy as np
            from PIL import Image
            for name, most in ('full', 65535), ('fifteen', 32767), ('thirteen', 8191), ('twelve', 4095):
                noise = np.random.default_rng(most).integers(0, most, (16, 16), endpoint=True)
                Image.fromarray(noise.astype(np.uint16)).save(f'{sys.argv[1]}/{name}.png')
            """,
            folder.Path
        );
        var problems = DatasetReport.Scan(folder.Path).Problems;
        Assert.Equal(
            ["NarrowRange fifteen.png", "NarrowRange thirteen.png", "Unreadable twelve.png"],
            problems.Select(p => $"{p.Kind} {Path.GetFileName(p.File)}").Order(StringComparer.Ordinal)
        );
        Assert.All(problems, p => Assert.Contains("16 bits a sample", p.Detail));
        Assert.Single(problems, p => p.ShouldSkip);
    }

    [Fact]
    public void A_folder_without_images_is_an_error()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            folder.Path,
            Assert.Throws<InvalidDataException>(() => DatasetReport.Scan(folder.Path)).Message
        );
        Assert.Throws<DirectoryNotFoundException>(() => DatasetReport.Scan(folder.File("none")));
    }

    private static void Save(TemporaryFolder folder, string name, RgbImage image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        ImageEncoder.Save(image, folder.File(name));
    }
}
