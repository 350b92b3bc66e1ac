using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

public static partial class DatasetTools
{
    /// <summary>
    /// Applies a change to every image of a folder, on all cores, and writes the changed images as PNG under their
    /// names, or side by side with the originals as training pairs.
    /// </summary>
    /// <param name="input">A folder of images; its sub-folders are walked and made again in the output.</param>
    /// <param name="output">Created where it is missing.</param>
    /// <param name="filter">The change; called from several threads.</param>
    /// <param name="pairs">Whether to write "changed | original" pairs, whose translation is to undo the
    /// change.</param>
    /// <param name="size">Side of a square to crop from the middle and resize to first, or null to keep the
    /// size.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="FormatException">An image cannot be read; the message names it.</exception>
    /// <exception cref="InvalidDataException">There are no images, or two of one name.</exception>
    /// <exception cref="ArgumentException">The output is the input.</exception>
    public static int Filter(
        string input,
        string output,
        Func<RgbImage, RgbImage> filter,
        bool pairs = false,
        int? size = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (size is { } side)
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(size));
        var listing = OutputFolder.ListInput(input, output);
        OutputFolder.Create(output, input);
        AllCores.ForEach(
            listing.Files,
            cancellationToken,
            file =>
            {
                var image = ImageDecoder.Decode(file);
                if (size is { } length)
                    image = ToSquare(image, length);
                var changed = filter(image);
                ImageEncoder.Save(
                    pairs ? RgbImage.JoinPair(changed, image) : changed,
                    OutputFolder.PngFor(listing, file, output)
                );
            }
        );
        return listing.Files.Count;
    }

    private static RgbImage ToSquare(RgbImage image, int length)
    {
        var side = Math.Min(image.Width, image.Height);
        var middle = image.Crop((image.Width - side) / 2, (image.Height - side) / 2, side, side);
        return middle.Resize(length, length);
    }
}
