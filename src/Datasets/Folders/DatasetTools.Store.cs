using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

public static partial class DatasetTools
{
    /// <summary>The usual extension of a store.</summary>
    public const string StoreExtension = ".imtcache";

    /// <summary>
    /// Decodes the images of a folder into a store, in the order of <see cref="ImageDecoder.ListFiles"/>. Side-by-side
    /// pairs are resized each half by itself and stay side by side.
    /// </summary>
    /// <param name="folder">Images; sub-folders are walked.</param>
    /// <param name="path">The store to write; an existing one is replaced.</param>
    /// <param name="size">Width and height of an image (of each half of a pair), or null to keep the size.</param>
    /// <param name="sideBySide">Whether the files are pairs.</param>
    /// <param name="filter">The filter of the resize.</param>
    /// <param name="cancellationToken">Stops between two images; nothing is left then.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="FormatException">An image cannot be read.</exception>
    public static int WriteStore(
        string folder,
        string path,
        (int Width, int Height)? size = null,
        bool sideBySide = false,
        ResizeFilter filter = ResizeFilter.Bicubic,
        CancellationToken cancellationToken = default
    )
    {
        var listing = ImageListing.Of(folder).RequireImages();
        ImageStoreWriter.Write(path, AddImages);
        return listing.Files.Count;

        void AddImages(ImageStoreWriter writer)
        {
            // In chunks: all cores decode, memory stays bounded, the order is kept.
            foreach (var chunk in listing.Files.Chunk(4 * Environment.ProcessorCount))
            {
                var images = new RgbImage[chunk.Length];
                AllCores.For(
                    chunk.Length,
                    cancellationToken,
                    i => images[i] = Prepare(chunk[i], size, sideBySide, filter)
                );
                for (var i = 0; i < chunk.Length; i++)
                    writer.Add(listing.RelativePath(chunk[i]), images[i]);
            }
        }
    }

    private static RgbImage Prepare(string file, (int Width, int Height)? size, bool sideBySide, ResizeFilter filter)
    {
        var image = ImageDecoder.Decode(file);
        if (size is not { } target)
            return image;
        if (!sideBySide)
            return image.Resize(target.Width, target.Height, filter);
        var (a, b) = image.SplitPair(file);
        return RgbImage.JoinPair(
            a.Resize(target.Width, target.Height, filter),
            b.Resize(target.Width, target.Height, filter)
        );
    }
}
