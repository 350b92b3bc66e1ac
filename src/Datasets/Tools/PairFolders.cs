using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Between two folders of images with the same names and one folder of side-by-side pairs.</summary>
public static class PairFolders
{
    /// <summary>
    /// Joins every image of <paramref name="folderA"/> with its namesake (extensions may differ) of
    /// <paramref name="folderB"/> into a PNG.
    /// </summary>
    /// <param name="folderA">The left images.</param>
    /// <param name="folderB">The right images; each is resized to its partner's size where <paramref name="resize"/> is
    /// set.</param>
    /// <param name="output">Created where it is missing.</param>
    /// <param name="resize">Whether a B of another size is resized (bicubic); otherwise it is an error.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <returns>The number of pairs.</returns>
    /// <exception cref="InvalidDataException">An image without a partner, or a pair of two sizes.</exception>
    /// <exception cref="ArgumentException">The output is one of the inputs.</exception>
    public static int Combine(
        string folderA,
        string folderB,
        string output,
        bool resize = false,
        CancellationToken cancellationToken = default
    )
    {
        var pairs = Match(folderA, folderB);
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
                    b = ImageResizer.Resize(b, a.Width, a.Height);
                }
                ImageEncoder.Save(
                    PairSplitter.Join(a, b),
                    Path.Combine(output, Path.GetFileNameWithoutExtension(pair.A) + ".png")
                );
            }
        );
        return pairs.Count;
    }

    /// <summary>
    /// Cuts every side-by-side pair of a folder and writes its halves as PNG under the same name into two folders.
    /// </summary>
    /// <returns>The number of pairs.</returns>
    /// <exception cref="FormatException">An image of odd width, or an unreadable one.</exception>
    /// <exception cref="ArgumentException">An output is the input, or the other output.</exception>
    public static int Split(
        string folder,
        string outputA,
        string outputB,
        CancellationToken cancellationToken = default
    )
    {
        var files = ImageFolder.List(folder);
        CheckNames(files, folder);
        OutputFolder.Create(outputA, folder, outputB);
        OutputFolder.Create(outputB, folder);
        AllCores.ForEach(
            files,
            cancellationToken,
            file =>
            {
                var (a, b) = PairSplitter.Split(ImageDecoder.Decode(file), file);
                var name = Path.GetFileNameWithoutExtension(file) + ".png";
                ImageEncoder.Save(a, Path.Combine(outputA, name));
                ImageEncoder.Save(b, Path.Combine(outputB, name));
            }
        );
        return files.Count;
    }

    /// <summary>The files of two folders that have the same names up to the extension.</summary>
    /// <exception cref="InvalidDataException">An image without a partner, or two images of one name in a
    /// folder.</exception>
    public static IReadOnlyList<(string A, string B)> Match(string folderA, string folderB)
    {
        IReadOnlyList<string> filesA = ImageFolder.List(folderA),
            filesB = ImageFolder.List(folderB);
        CheckNames(filesA, folderA);
        CheckNames(filesB, folderB);
        var partners = filesB.ToDictionary(path => Path.GetFileNameWithoutExtension(path));
        var pairs = filesA
            .Select(path =>
                (
                    path,
                    partners.Remove(Path.GetFileNameWithoutExtension(path), out var partner)
                        ? partner
                        : throw new InvalidDataException(
                            $"Image '{path}' has no partner of the same name in '{folderB}'."
                        )
                )
            )
            .ToList();
        return partners.Count == 0
            ? pairs
            : throw new InvalidDataException(
                $"Image '{partners.Values.First()}' has no partner of the same name in '{folderA}' "
                    + $"({partners.Count} such images)."
            );
    }

    private static void CheckNames(IReadOnlyList<string> files, string folder)
    {
        if (
            files.CountBy(path => Path.GetFileNameWithoutExtension(path)).FirstOrDefault(name => name.Value > 1) is
            { Key: { } name }
        )
            throw new InvalidDataException(
                $"Folder '{folder}' has several images of the name '{name}' with different extensions."
            );
    }
}
