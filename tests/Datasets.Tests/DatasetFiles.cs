using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Imaging.Tests;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Datasets.Tests;

/// <summary>Writes small datasets.</summary>
internal static class DatasetFiles
{
    /// <summary>Writes an image of noise under each name.</summary>
    public static void Add(TemporaryFolder folder, params string[] names)
    {
        foreach (string name in names)
            ImageEncoder.Save(
                TestImages.Noise(8, 4, name.Aggregate(17, (seed, letter) => 31 * seed + letter)),
                folder.File(name)
            );
    }

    /// <summary>Writes an empty file under each name.</summary>
    public static void Touch(TemporaryFolder folder, params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllText(folder.File(name), "");
        }
    }

    /// <summary>The names of pairs below a folder.</summary>
    public static IEnumerable<string> Names(TemporaryFolder folder, ImagePairs pairs) =>
        Enumerable.Range(0, pairs.Count).Select(i => Relative(folder, pairs.NameOf(i)));

    /// <summary>The names of images below a folder.</summary>
    public static IEnumerable<string> Names(TemporaryFolder folder, ImageSet images) =>
        Enumerable.Range(0, images.Count).Select(i => Relative(folder, images.NameOf(i)));

    private static string Relative(TemporaryFolder folder, string file) =>
        Path.GetRelativePath(folder.Path, file).Replace('\\', '/');
}
