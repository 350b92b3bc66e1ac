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
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(trainCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(validationCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        string train = Path.Combine(folder, "train"),
            validation = Path.Combine(folder, "val");
        Directory.CreateDirectory(train);
        if (validationCount > 0)
            Directory.CreateDirectory(validation);
        AllCores.For(
            trainCount + validationCount,
            cancellationToken,
            i =>
            {
                var (aerial, map) = Create(seed + i, size);
                var (target, number) = i < trainCount ? (train, i + 1) : (validation, i - trainCount + 1);
                ImageEncoder.Save(
                    ImageGeometry.JoinPair(aerial, map),
                    Path.Combine(target, number.ToString("D4", CultureInfo.InvariantCulture) + ".png")
                );
            }
        );
    }
}
