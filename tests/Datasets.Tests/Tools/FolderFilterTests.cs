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
            FolderFilter.Apply(folder.File("in"), folder.File("out"), PhotoFilters.Gray, pairs: true, size: 16)
        );
        var (gray, original) = PairSplitter.Split(ImageDecoder.Decode(folder.File("out/x.png")));
        Assert.Equal("16x16", original.Size);
        Assert.Equal(PhotoFilters.Gray(original).Pixels, gray.Pixels);
    }
}
