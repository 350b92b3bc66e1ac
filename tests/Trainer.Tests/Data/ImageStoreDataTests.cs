using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class ImageStoreDataTests
{
    [Fact]
    public void A_cache_file_stands_for_the_folder_it_was_made_of()
    {
        using var folder = new TemporaryFolder();
        AerialMapSynthesizer.WriteDataset(folder.Path, 3, 2, size: 32);
        var (fromFolder, a, b) = Load(folder.Path, "val");
        DatasetTools.WriteStore(folder.File("train"), folder.File("train.imtcache"), sideBySide: true);
        DatasetTools.WriteStore(folder.File("val"), folder.File("val.imtcache"), sideBySide: true);
        foreach (var phase in new[] { "train", "val" })
            Directory.Delete(folder.File(phase), recursive: true);
        var (fromStore, storedA, storedB) = Load(folder.Path, "val");
        Assert.Equal(fromFolder, fromStore);
        Assert.Equal(a, storedA);
        Assert.Equal(b, storedB);
        Assert.Equal(3, ImagePairs.FromDataSet(folder.File("train.imtcache")).Count);
        Assert.Null(ImagePairs.TryFromDataSet(folder.File("train.imtcache"), "val"));
        Assert.Equal(3, ImageSet.FromStore(folder.File("train.imtcache")).Count);
    }

    private static (int Count, byte[] A, byte[] B) Load(string folder, string phase)
    {
        var pairs = ImagePairs.FromDataSet(folder, phase);
        var (a, b) = pairs.Load(1);
        return (pairs.Count, a.Pixels, b.Pixels);
    }
}
