using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Imaging.Tests;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

public sealed class ImageStoreTests
{
    [Fact]
    public void Images_come_back_from_many_threads()
    {
        using var folder = new TemporaryFolder();
        ImageStoreWriter.Write(
            folder.File("s.imtcache"),
            writer =>
            {
                for (var i = 0; i < 20; i++)
                    writer.Add($"image {i} ä", TestImages.Noise(3 + i, 40 - i, i));
            }
        );
        using var store = ImageStore.Open(folder.File("s.imtcache"));
        Assert.Equal(20, store.Count);
        Parallel.For(
            0,
            100,
            n =>
            {
                var i = n % 20;
                Assert.Equal($"image {i} ä", store.NameOf(i));
                Assert.Equal((3 + i, 40 - i), store.SizeOf(i));
                Assert.Equal(TestImages.Noise(3 + i, 40 - i, i).Pixels, store.Read(i).Pixels);
            }
        );
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_store_that_is_cut_while_it_is_open_is_an_error_and_not_the_end_of_the_process()
    {
        using var folder = new TemporaryFolder();
        ImageStoreWriter.Write(
            folder.File("s"),
            writer =>
            {
                for (var i = 0; i < 3; i++)
                    writer.Add($"image {i}", TestImages.Noise(200, 100, i));
            }
        );
        using var store = ImageStore.Open(folder.File("s"));
        using (var file = new FileStream(folder.File("s"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(90_000);
        Assert.Equal(TestImages.Noise(200, 100, 0).Pixels, store.Read(0).Pixels);
        Assert.Contains("'image 1'", Assert.Throws<FormatException>(() => store.Read(1)).Message);
        Assert.Throws<FormatException>(() => store.Read(2));
    }

    [Fact]
    public void Pairs_are_resized_half_by_half()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in"));
        RgbImage a = RgbImage.Filled(20, 10, 255, 0, 0),
            b = RgbImage.Filled(20, 10, 0, 0, 255);
        ImageEncoder.Save(RgbImage.JoinPair(a, b), folder.File("in/0.png"));
        Assert.Equal(1, DatasetTools.WriteStore(folder.File("in"), folder.File("s"), (8, 6), sideBySide: true));
        using var store = ImageStore.Open(folder.File("s"));
        var (left, right) = store.Read(0).SplitPair();
        Assert.Equal(RgbImage.Filled(8, 6, 255, 0, 0).Pixels, left.Pixels); // not a trace of the other half at the seam
        Assert.Equal(RgbImage.Filled(8, 6, 0, 0, 255).Pixels, right.Pixels);
    }

    [Fact]
    public void An_incomplete_or_foreign_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        ImageStoreWriter.Write(folder.File("s"), writer => writer.Add("a", TestImages.Noise(9, 9, 1)));
        var whole = File.ReadAllBytes(folder.File("s"));
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(folder.File("cut"), whole[..length]);
            Assert.Contains("cut", Assert.Throws<FormatException>(() => ImageStore.Open(folder.File("cut"))).Message);
        }
    }

    [Fact]
    public void A_store_that_is_not_completed_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OperationCanceledException>(() =>
            ImageStoreWriter.Write(
                folder.File("s"),
                writer =>
                {
                    writer.Add("a", new RgbImage(2, 2));
                    throw new OperationCanceledException();
                }
            )
        );
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
