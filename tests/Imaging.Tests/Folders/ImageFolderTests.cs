using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class ImageFolderTests
{
    private static readonly string[] Names =
    [
        "b.png",
        "B.JPG",
        "a/2.webp",
        "a/10.bmp",
        "a.x/1.jfif",
        "._b.png",
        ".thumbnails/b.png",
        "scan.gif",
        "a/notes.txt",
        "a/._2.webp",
    ];

    [Fact]
    public void Sub_folders_are_walked_and_everything_else_is_counted()
    {
        using var folder = new TemporaryFolder();
        Touch(folder, Names);
        var listing = ImageListing.Of(folder.Path);
        Assert.Equal(
            ["B.JPG", "a.x/1.jfif", "a/10.bmp", "a/2.webp", "b.png"],
            listing.Files.Select(listing.RelativePath)
        );
        Assert.Equal(
            [new(LeftOutReason.Hidden, 3, "._b.png"), new(LeftOutReason.Extension, 2, "a/notes.txt")],
            listing.LeftOut
        );
        Assert.Equal(
            "train: 5 images are used; left out: 3 hidden files (such as '._b.png'), "
                + "2 files of other extensions (such as 'a/notes.txt')",
            LeftOutFiles.Describe("train", 5, listing.LeftOut)
        );
        Assert.Equal(listing.Files, ImageDecoder.ListFiles(folder.Path));
    }

    [Fact]
    public void The_reference_walks_the_same_files()
    {
        var why = PythonOracle.WhyMissing();
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        string[] plain = [.. Names.Where(name => !Path.GetFileName(name).StartsWith('.') && !name.StartsWith('.'))];
        Touch(folder, plain);
        // What make_dataset does, on the extensions that both know.
        string found = PythonOracle.Run(
            """
            import os, sys
            for root, _, names in sorted(os.walk(sys.argv[1])):
                for name in names:
                    if name.lower().endswith(('.jpg', '.jpeg', '.png', '.bmp', '.webp')):
                        print(os.path.relpath(os.path.join(root, name), sys.argv[1]))
            """,
            folder.Path
        );
        Assert.Equal(
            found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            ImageDecoder
                .ListFiles(folder.Path)
                .Select(file => Path.GetRelativePath(folder.Path, file))
                .Where(file => !file.EndsWith(".jfif", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Folders_of_training_runs_are_no_data()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "0.png", "run/samples/epoch-0001.png", "sub/1.png", "sub/options.json" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllBytes(folder.File(name), []);
        }
        File.WriteAllText(folder.File("run/options.json"), "{}");
        Assert.Equal(3, ImageListing.Of(folder.Path).Files.Count);
        File.WriteAllText(folder.File("run/run.lock"), "");
        var listing = ImageListing.Of(folder.Path);
        Assert.Equal(["0.png", "sub/1.png"], listing.Files.Select(listing.RelativePath));
        Assert.Contains(new(LeftOutReason.RunFolder, 1, "run"), listing.LeftOut);
        // The run's folder itself, where the images lie in it.
        File.WriteAllBytes(folder.File("run/2.png"), []);
        listing = ImageListing.Of(folder.File("run"));
        Assert.Equal(["2.png"], listing.Files.Select(listing.RelativePath));
        Assert.Contains(new(LeftOutReason.RunFolder, 1, "samples"), listing.LeftOut);
        Assert.Contains("folder of training runs", $"{listing.LeftOut[^1]}");
    }

    [Fact]
    public void Without_sub_folders_they_are_counted()
    {
        using var folder = new TemporaryFolder();
        Touch(folder, Names);
        var listing = ImageListing.Of(folder.Path, recursive: false);
        Assert.Equal(["B.JPG", "b.png"], listing.Files.Select(listing.RelativePath));
        Assert.Contains(new(LeftOutReason.SubFolder, 2, "a"), listing.LeftOut);
    }

    [Fact]
    public void Links_to_folders_are_not_followed_and_other_parts_are_not_entered()
    {
        using var folder = new TemporaryFolder();
        Touch(folder, ["1.png", "val/2.png", "more/3.png"]);
        Directory.CreateSymbolicLink(folder.File("more/circle"), folder.Path);
        var listing = ImageListing.Of(folder.Path, exceptFolders: [folder.File("val/")]);
        Assert.Equal(["1.png", "more/3.png"], listing.Files.Select(listing.RelativePath));
        Assert.Equal([new(LeftOutReason.LinkedFolder, 1, "more/circle")], listing.LeftOut);
    }

    [Fact]
    public void A_folder_without_images_says_what_is_there_instead()
    {
        using var folder = new TemporaryFolder();
        Touch(folder, ["1.gif", "2.gif"]);
        var error = Assert.Throws<InvalidDataException>(() => ImageDecoder.ListFiles(folder.Path));
        Assert.Contains("2 files of other extensions (such as '1.gif')", error.Message);
        Assert.False(ImageDecoder.HasFiles(folder.Path));
        Assert.False(ImageDecoder.HasFiles(folder.File("none")));
        Assert.Throws<DirectoryNotFoundException>(() => ImageDecoder.ListFiles(folder.File("none")));
    }

    private static void Touch(TemporaryFolder folder, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllText(folder.File(name), "");
        }
    }
}
