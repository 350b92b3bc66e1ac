using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Imaging.Tests;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class FolderFilterTests
{
    [Fact]
    public void A_folder_becomes_pairs_of_changed_and_original()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in"));
        ImageEncoder.Save(TestImages.Waves(40, 30), folder.File("in/x.png"));
        Assert.Equal(
            1,
            DatasetTools.Filter(folder.File("in"), folder.File("out"), image => image.ToGray(), pairs: true, size: 16)
        );
        var (gray, original) = ImageDecoder.Decode(folder.File("out/x.png")).SplitPair();
        Assert.Equal("16x16", original.Size);
        Assert.Equal(original.ToGray().Pixels, gray.Pixels);
    }

    [Fact]
    public void Sub_folders_are_made_again_and_results_are_not_read()
    {
        using var folder = new TemporaryFolder();
        DatasetFiles.Add(folder, "in/1.png", "in/x/1.jpg");
        for (int run = 0; run < 2; run++)
            Assert.Equal(2, DatasetTools.Filter(folder.File("in"), folder.File("in/gray"), image => image.ToGray()));
        Assert.True(File.Exists(folder.File("in/gray/x/1.png")));
        DatasetFiles.Add(folder, "in/1.jpg");
        var error = Assert.Throws<InvalidDataException>(() =>
            DatasetTools.Filter(folder.File("in"), folder.File("out"), image => image.ToGray())
        );
        Assert.Contains("1.jpg, 1.png", error.Message);
    }
}
