using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A few source images that a run keeps, so that its models can be verified where the dataset is not at hand.
/// </summary>
internal static class VerificationImages
{
    private const int Count = 2;

    /// <summary>Keeps the first images for a generator.</summary>
    public static void Save(string runFolder, string generator, SampleSource samples, bool targets)
    {
        string folder = new RunFolder(runFolder).VerificationImages;
        NewFolder.Make(folder);
        for (int i = 0; i < Math.Min(Count, samples.Count); i++)
        {
            var sample = samples.Fixed(i);
            ImageEncoder.Save(
                targets ? sample.Target : sample.Source,
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{generator}-{i + 1}.png"))
            );
        }
    }

    /// <summary>The images kept for a generator.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    public static IReadOnlyList<RgbImage> Load(string runFolder, string generator)
    {
        string folder = new RunFolder(runFolder).VerificationImages;
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, $"{generator}-*.png").Order(StringComparer.Ordinal).ToArray()
            : [];
        return files.Length > 0
            ? [.. files.Select(file => ImageDecoder.Decode(file))]
            : throw new FileNotFoundException(
                $"Run '{runFolder}' has no images in '{folder}' to verify a model of {generator} on."
            );
    }
}
