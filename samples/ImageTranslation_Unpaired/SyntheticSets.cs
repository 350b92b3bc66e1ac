using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Unpaired;

/// <summary>
/// Aerial photographs in <c>trainA</c> and <c>testA</c>, street maps in <c>trainB</c> and <c>testB</c>, so that the
/// sample runs without a download.
/// </summary>
internal static class SyntheticSets
{
    private const int Side = 64;

    /// <summary>Makes the sets, and returns their folder.</summary>
    public static string Create(string folder)
    {
        // No map shows the place of a photograph: the sets have nothing in common but their kinds.
        foreach (var (set, first, count) in new[] { ("train", 0, 200), ("test", 5000, 6) })
        {
            Directory.CreateDirectory(Path.Combine(folder, set + "A"));
            Directory.CreateDirectory(Path.Combine(folder, set + "B"));
            for (var i = 0; i < count; i++)
            {
                var photo = AerialMapSynthesizer.Create(first + i, Side).Aerial;
                var map = AerialMapSynthesizer.Create(first + 1000 + i, Side).Map;
                ImageEncoder.Save(photo, Path.Combine(folder, set + "A", $"{i:000}.png"));
                ImageEncoder.Save(map, Path.Combine(folder, set + "B", $"{i:000}.png"));
            }
        }
        return folder;
    }
}
