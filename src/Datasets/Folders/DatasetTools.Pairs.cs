using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Make datasets out of folders of images.</summary>
public static partial class DatasetTools
{
    /// <summary>
    /// Joins every image of <paramref name="folderA"/> with the one of the same path (extensions may differ) below
    /// <paramref name="folderB"/> into a PNG of that path.
    /// </summary>
    /// <param name="folderA">The left images.</param>
    /// <param name="folderB">The right images; each is resized to its partner's size where <paramref name="resize"/> is
    /// set.</param>
    /// <param name="output">Created where it is missing.</param>
    /// <param name="resize">Whether a B of another size is resized (bicubic); otherwise it is an error.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <returns>The number of pairs.</returns>
    /// <exception cref="InvalidDataException">An image of either folder without a partner, two images of one name, or a
    /// pair of two sizes.</exception>
    /// <exception cref="ArgumentException">The output is one of the inputs.</exception>
    public static int CombinePairs(
        string folderA,
        string folderB,
        string output,
        bool resize = false,
        CancellationToken cancellationToken = default
    )
    {
        var left = ImageListing.Of(folderA, exceptFolders: [output]);
        var pairs = PairedNames.Match(left, ImageListing.Of(folderB, exceptFolders: [output]));
        OutputFolder.Create(output, folderA, folderB);
        AllCores.ForEach(
            pairs,
            cancellationToken,
            pair =>
            {
                RgbImage a = ImageDecoder.Decode(pair.A),
                    b = ImageDecoder.Decode(pair.B);
                if (a.Width != b.Width || a.Height != b.Height)
                {
                    if (!resize)
                        throw new InvalidDataException(
                            $"'{pair.A}' is {a.Size} and its partner '{pair.B}' is {b.Size}; a pair has one size."
                        );
                    b = b.Resize(a.Width, a.Height);
                }
                ImageEncoder.Save(RgbImage.JoinPair(a, b), OutputFolder.PngFor(left, pair.A, output));
            }
        );
        return pairs.Count;
    }

    /// <summary>
    /// Cuts every side-by-side pair of a folder and writes its halves as PNG of the same path into two folders.
    /// </summary>
    /// <returns>The number of pairs.</returns>
    /// <exception cref="FormatException">An image of odd width, or an unreadable one.</exception>
    /// <exception cref="ArgumentException">An output is the input, or the other output.</exception>
    public static int SplitPairs(
        string folder,
        string outputA,
        string outputB,
        CancellationToken cancellationToken = default
    )
    {
        var listing = OutputFolder.ListInput(folder, outputA, outputB);
        OutputFolder.CreateTwo(outputA, outputB, folder);
        AllCores.ForEach(
            listing.Files,
            cancellationToken,
            file =>
            {
                var (a, b) = ImageDecoder.Decode(file).SplitPair(file);
                ImageEncoder.Save(a, OutputFolder.PngFor(listing, file, outputA));
                ImageEncoder.Save(b, OutputFolder.PngFor(listing, file, outputB));
            }
        );
        return listing.Files.Count;
    }
}
