using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Imaging.Tests;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class PairFoldersTests
{
    [Fact]
    public void Combine_and_split_are_inverse()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "a", 3, 0);
        Fill(folder, "b", 3, 100);
        Assert.Equal(3, DatasetTools.CombinePairs(folder.File("a"), folder.File("b"), folder.File("pairs")));
        Assert.Equal(3, DatasetTools.SplitPairs(folder.File("pairs"), folder.File("a2"), folder.File("b2")));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(TestImages.Noise(6, 5, i).Pixels, ImageDecoder.Decode(folder.File($"a2/{i}.png")).Pixels);
            Assert.Equal(
                TestImages.Noise(6, 5, 100 + i).Pixels,
                ImageDecoder.Decode(folder.File($"b2/{i}.png")).Pixels
            );
        }
    }

    [Fact]
    public void A_image_without_a_partner_is_named()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "a", 2, 0);
        Fill(folder, "b", 3, 0);
        Assert.Contains(
            "2.png",
            Assert
                .Throws<InvalidDataException>(() => ImagePairs.FromFolders(folder.File("a"), folder.File("b")))
                .Message
        );
        Assert.Contains(
            "2.png",
            Assert
                .Throws<InvalidDataException>(() => ImagePairs.FromFolders(folder.File("b"), folder.File("a")))
                .Message
        );
    }

    [Fact]
    public void Sizes_differ_only_on_request()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "a", 1, 0);
        Directory.CreateDirectory(folder.File("b"));
        ImageEncoder.Save(TestImages.Noise(12, 10, 1), folder.File("b/0.png"));
        var error = Assert.Throws<InvalidDataException>(() =>
            DatasetTools.CombinePairs(folder.File("a"), folder.File("b"), folder.File("p"))
        );
        Assert.Contains("12x10", error.Message);
        DatasetTools.CombinePairs(folder.File("a"), folder.File("b"), folder.File("p"), resize: true);
        Assert.Equal("12x5", ImageDecoder.Decode(folder.File("p/0.png")).Size);
    }

    [Fact]
    public void A_split_puts_both_halves_of_a_pair_on_the_same_side_and_repeats_itself()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "a", 10, 0);
        Fill(folder, "b", 10, 100);
        foreach (var output in new[] { "one", "two" })
            Assert.Equal(
                (7, 3),
                DatasetTools.SplitTrainValidation(folder.File("a"), folder.File("b"), folder.File(output), 0.3, seed: 5)
            );
        string[] Names(string part) =>
            [.. Directory.GetFiles(folder.File(part)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(Names("one/valA"), Names("one/valB"));
        Assert.Equal(Names("one/valA"), Names("two/valA"));
        Assert.Equal(10, Names("one/trainA").Union(Names("one/valA")).Count());
        Assert.Empty(Names("one/trainA").Intersect(Names("one/valA")));
        Assert.Contains(
            "trainA",
            Assert
                .Throws<IOException>(() =>
                    DatasetTools.SplitTrainValidation(
                        folder.File("a"),
                        folder.File("b"),
                        folder.File("one"),
                        0.3,
                        seed: 6
                    )
                )
                .Message
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            DatasetTools.SplitTrainValidation(folder.File("a"), null, folder.File("x"), 1)
        );
    }

    [Fact]
    public void The_split_of_a_seed_is_the_one_it_has_always_been()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "a", 10, 0);
        DatasetTools.SplitTrainValidation(folder.File("a"), null, folder.File("set"), 0.3, seed: 5);
        Assert.Equal(
            ["1.png", "6.png", "7.png"],
            Directory.GetFiles(folder.File("set/val")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Originals_are_not_replaced()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "a", 2, 0);
        Fill(folder, "b", 2, 9);
        byte[] before = File.ReadAllBytes(folder.File("b/1.png"));
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("b"));
        foreach (
            var work in new Action[]
            {
                () => DatasetTools.CombinePairs(folder.File("a"), folder.File("b"), folder.File("a/../b/")),
                () => DatasetTools.SplitPairs(folder.File("b"), folder.File("b"), folder.File("new")),
                () => DatasetTools.SplitPairs(folder.File("b"), folder.File("new"), folder.File("b")),
                () => DatasetTools.SplitPairs(folder.File("b"), folder.File("new"), folder.File("link")),
                () => DatasetTools.Filter(folder.File("b"), folder.File("link"), image => image.ToGray()),
                () => DatasetTools.Filter(folder.File("b"), folder.File("b"), image => image.ToGray()),
            }
        )
            Assert.Contains("no original is replaced", Assert.Throws<ArgumentException>(work).Message);
        // Of two outputs, none is read.
        var two = Assert.Throws<ArgumentException>(() =>
            DatasetTools.SplitPairs(folder.File("b"), folder.File("new"), folder.File("new/"))
        );
        Assert.Contains("both halves of each pair", two.Message);
        Assert.False(Directory.Exists(folder.File("new")));
        Assert.Equal(before, File.ReadAllBytes(folder.File("b/1.png")));
    }

    private static void Fill(TemporaryFolder folder, string name, int count, int seed)
    {
        Directory.CreateDirectory(folder.File(name));
        for (var i = 0; i < count; i++)
            ImageEncoder.Save(TestImages.Noise(6, 5, seed + i), folder.File($"{name}/{i}.png"));
    }
}
