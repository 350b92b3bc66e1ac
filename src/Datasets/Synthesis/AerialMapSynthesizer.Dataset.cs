using System.Globalization;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

public static partial class AerialMapSynthesizer
{
    /// <summary>
    /// Writes a dataset of pairs: side-by-side PNG files (aerial photograph | map) in train/ and val/. Pair n of a set
    /// is the pair of seed + n, training pairs first. All cores work.
    /// </summary>
    /// <param name="folder">Created where it is missing; files of the same names are replaced.</param>
    /// <param name="trainCount">Pairs in train/, 1 or more.</param>
    /// <param name="validationCount">Pairs in val/, 0 or more.</param>
    /// <param name="size">Side of an image in pixels, 32 to 1024.</param>
    /// <param name="seed">The first seed.</param>
    /// <param name="cancellationToken">Stops between two pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or size out of range.</exception>
    public static void WriteDataset(
        string folder,
        int trainCount,
        int validationCount,
        int size = 128,
        long seed = 1,
        CancellationToken cancellationToken = default
    ) =>
        Write(
            folder,
            trainCount,
            validationCount,
            size,
            cancellationToken,
            (i, part, name) =>
            {
                var (aerial, map) = Create(seed + i, size);
                ImageEncoder.Save(RgbImage.JoinPair(aerial, map), Path.Combine(folder, part, name));
            }
        );

    /// <summary>
    /// Writes a dataset of photographs and label images, such as networks learn that make photographs of labels:
    /// side-by-side PNG files (aerial photograph | labels) in train/ and val/, instance images of the same names in
    /// instances/train/ and instances/val/, and the colours of the labels in palette.txt, with a line <c>red green blue
    /// name</c> for each. The places are those of <see cref="WriteDataset"/>.
    /// </summary>
    /// <param name="folder">As for <see cref="WriteDataset"/>.</param>
    /// <param name="trainCount">As for <see cref="WriteDataset"/>.</param>
    /// <param name="validationCount">As for <see cref="WriteDataset"/>.</param>
    /// <param name="size">As for <see cref="WriteDataset"/>.</param>
    /// <param name="seed">As for <see cref="WriteDataset"/>.</param>
    /// <param name="cancellationToken">Stops between two pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or size out of range.</exception>
    public static void WriteLabelDataset(
        string folder,
        int trainCount,
        int validationCount,
        int size = 128,
        long seed = 1,
        CancellationToken cancellationToken = default
    )
    {
        Write(
            folder,
            trainCount,
            validationCount,
            size,
            cancellationToken,
            (i, part, name) =>
            {
                var (aerial, labels, instances) = CreateLabels(seed + i, size);
                string below = Path.Combine(folder, "instances", part);
                Directory.CreateDirectory(below);
                ImageEncoder.Save(instances, Path.Combine(below, name));
                ImageEncoder.Save(RgbImage.JoinPair(aerial, labels), Path.Combine(folder, part, name));
            }
        );
        AtomicFile.WriteText(
            Path.Combine(folder, "palette.txt"),
            string.Concat(LabelPainter.Palette.Select(line => line + "\n"))
        );
    }

    // A pair has its number, the part that it is of, and the name of its file.
    private static void Write(
        string folder,
        int trainCount,
        int validationCount,
        int size,
        CancellationToken cancellationToken,
        Action<int, string, string> write
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(trainCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(validationCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        Directory.CreateDirectory(Path.Combine(folder, "train"));
        if (validationCount > 0)
            Directory.CreateDirectory(Path.Combine(folder, "val"));
        AllCores.For(
            trainCount + validationCount,
            cancellationToken,
            i =>
            {
                var (part, number) = i < trainCount ? ("train", i + 1) : ("val", i - trainCount + 1);
                write(i, part, number.ToString("D4", CultureInfo.InvariantCulture) + ".png");
            }
        );
    }
}
