using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class DatasetLayoutTests
{
    [Theory]
    [InlineData("train/1.png", "train/1.png")]
    [InlineData("train/city/1.png", "train/city/1.png")]
    [InlineData("trainA/1.png trainB/1.png", "trainA/1.png")]
    [InlineData("train/A/1.png train/B/1.png", "train/A/1.png")]
    [InlineData("A/train/1.png B/train/1.png A/val/2.png B/val/2.png", "A/train/1.png")]
    [InlineData("A/1.png B/1.png", "A/1.png")]
    [InlineData("A/1.png B/1.png A/val/2.png B/val/2.png", "A/1.png")]
    [InlineData("1.png more/2.png val/3.png trainA/4.png", "1.png more/2.png")]
    [InlineData("train_label/1.png train_img/1.png train_inst/1.png val_label/2.png", "train_label/1.png")]
    public void Training_pairs_are_found(string files, string expected)
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, files.Split(' '));
        Assert.Equal(expected.Split(' '), DatasetFiles.Names(folder, ImagePairs.FromDataSet(folder.Path)));
    }

    [Theory]
    [InlineData("1.png")]
    [InlineData("train/1.png valA/2.png")]
    [InlineData("A/1.png B/1.png")]
    public void What_is_not_said_to_be_for_validation_is_not(string files)
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, files.Split(' '));
        Assert.Null(new DatasetLayout(folder.Path).FindPairs("val"));
    }

    [Theory]
    [InlineData("trainA/1.png trainB/2.png", "trainA/1.png", "trainB/2.png")]
    [InlineData("A/1.png B/2.png A/test/3.png", "A/1.png", "B/2.png")]
    [InlineData("A/train/1.png B/train/x/2.png", "A/train/1.png", "B/train/x/2.png")]
    public void Unpaired_sets_are_found_in_the_same_places(string files, string a, string b)
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, files.Split(' '));
        var (first, second) = new DatasetLayout(folder.Path).FindSets("train")!.Value;
        Assert.Equal([a], DatasetFiles.Names(folder, first));
        Assert.Equal([b], DatasetFiles.Names(folder, second));
    }

    [Fact]
    public void A_store_comes_before_the_folder_of_its_name()
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, "train/1.png", "trainA/2.png", "trainB/3.png", "trainB/4.png");
        foreach (string part in new[] { "train", "trainB" })
        {
            DatasetTools.WriteStore(folder.File(part), folder.File(part + ImageStore.Extension), sideBySide: true);
            Directory.Delete(folder.File(part), recursive: true);
        }
        var layout = new DatasetLayout(folder.Path);
        Assert.Equal("1.png", layout.FindPairs("train")!.NameOf(0));
        Assert.Equal("1.png", layout.FindImages("train")!.NameOf(0));
        Assert.Equal((1, 2), (layout.FindSets("train")!.Value.A.Count, layout.FindSets("train")!.Value.B.Count));
        Assert.Equal(1, new DatasetLayout(folder.File("train.imtcache")).FindPairs("train")!.Count);
        Assert.Equal(["trainA"], layout.FindFiles().Keys);
    }

    [Fact]
    public void Hidden_files_are_no_partners_missing()
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, "trainA/0.png", "trainB/0.png");
        DatasetFiles.Touch(folder, "trainA/._0.png", "trainB/Thumbs.db");
        var pairs = ImagePairs.FromDataSet(folder.Path);
        Assert.Equal(1, pairs.Count);
        Assert.Equal(
            [new(LeftOutReason.Hidden, 1, "._0.png"), new(LeftOutReason.Extension, 1, "Thumbs.db")],
            pairs.LeftOut
        );
        Assert.Equal(pairs.LeftOut, pairs.Subset([0]).LeftOut);
    }

    [Theory]
    [InlineData("a/0.png a/1.png b/0.png", "1.png")]
    [InlineData("a/0.png b/0.png b/7.png", "7.png")]
    [InlineData("a/0.png a/0.jpg b/0.png", "0.jpg, 0.png")]
    [InlineData("a/0.png b/0.png b/0.jpg", "0.jpg, 0.png")]
    [InlineData("a/x/0.png b/y/0.png", "0.png")]
    public void Two_folders_that_are_not_pairs_are_refused(string files, string named)
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, files.Split(' '));
        var error = Assert.Throws<InvalidDataException>(() =>
            ImagePairs.FromFolders(folder.File("a"), folder.File("b"))
        );
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void Names_of_pairs_go_through_sub_folders_and_over_extensions()
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, "a/x/0.png", "a/y/0.png", "b/y/0.jpg", "b/x/0.webp");
        var pairs = ImagePairs.FromFolders(folder.File("a"), folder.File("b"));
        Assert.Equal(
            ["x/0.webp", "y/0.jpg"],
            Enumerable.Range(0, 2).Select(i => Path.GetRelativePath(folder.File("b"), pairs.FilesOf(i)[1]))
        );
        Assert.Throws<InvalidDataException>(() =>
            ImagePairs.FromFolders(folder.File("a"), folder.File("b"), recursive: false)
        );
    }

    [Fact]
    public void Missing_partners_are_told_where_some_are_there()
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, "trainA/0.png", "trainB/0.png", "trainB/1.png", "testA/a.png", "testB/b.png");
        var parts = new DatasetLayout(folder.Path).FindParts(stores: false);
        Assert.Equal(["trainA", "trainB", "testA", "testB"], parts.Select(part => part.Name));
        Assert.Equal(new(LeftOutReason.NoPartner, 1, "1.png"), Assert.Single(parts.SelectMany(part => part.LeftOut)));
    }
}
