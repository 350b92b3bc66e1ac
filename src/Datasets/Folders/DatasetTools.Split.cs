namespace MlNetImageTranslation.Datasets;

public static partial class DatasetTools
{
    /// <summary>
    /// The image files of all parts of a dataset that are folders, by the part's name: train, val, test, trainA, valB
    /// and so on. Parts that are stores are left out.
    /// </summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> FindFiles(string folder) =>
        new DatasetLayout(folder).FindFiles();

    /// <summary>
    /// Copies the images of a folder into train and val. Draws the validation images by seed: the same names and seed
    /// give the same split. With <paramref name="folderB"/>, both images of a pair (same names) go the same way, into
    /// trainA, trainB, valA and valB; otherwise into train and val.
    /// </summary>
    /// <param name="folder">Images, or the A half of pairs.</param>
    /// <param name="folderB">The B half of pairs, or null.</param>
    /// <param name="output">Created where it is missing.</param>
    /// <param name="validationShare">Share of the images that goes to validation, over 0 and under 1; at least one
    /// image goes each way.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <returns>The numbers of training and of validation images.</returns>
    /// <exception cref="InvalidDataException">Fewer than two images, or an image without a partner.</exception>
    /// <exception cref="IOException">There are files in the output already: of two splits in one folder, images would
    /// be in both parts.</exception>
    public static (int Train, int Validation) SplitTrainValidation(
        string folder,
        string? folderB,
        string output,
        double validationShare = 0.1,
        long seed = 1
    )
    {
        if (!(validationShare is > 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(validationShare),
                validationShare,
                "Expected a share between 0 and 1."
            );
        var listing = ImageListing.Of(folder, exceptFolders: [output]).RequireImages();
        var partners = folderB is null ? null : ImageListing.Of(folderB, exceptFolders: [output]);
        (ImageListing Listing, string File, string Side)[][] items = partners is null
            ? [.. listing.Files.Select(file => new[] { (listing, file, "") })]
            :
            [
                .. PairedNames
                    .Match(listing, partners)
                    .Select(pair => new[] { (listing, pair.A, "A"), (partners, pair.B, "B") }),
            ];
        if (items.Length < 2)
            throw new InvalidDataException($"Folder '{folder}' has {items.Length} image; a split needs two or more.");
        string[] parts = folderB is null ? ["train", "val"] : ["trainA", "trainB", "valA", "valB"];
        if (
            parts
                .Select(part => Path.Combine(output, part))
                .FirstOrDefault(part => Directory.Exists(part) && Directory.EnumerateFileSystemEntries(part).Any()) is
            { } taken
        )
            throw new IOException(
                $"Folder '{taken}' is not empty; expected a new output folder, because of two splits in one folder "
                    + $"images would be in both parts."
            );
        foreach (string part in parts)
            NewFolder.Check(Path.Combine(output, part));
        var validation = Math.Clamp((int)Math.Round(items.Length * validationShare), 1, items.Length - 1);
        var random = new SplitMix64(SplitMix64.SeedOf(seed, 0));
        var drawn = items
            .Select((_, i) => (Key: random.NextBits(), Index: i))
            .Order()
            .Take(validation)
            .Select(d => d.Index)
            .ToHashSet();
        for (var i = 0; i < items.Length; i++)
        {
            foreach (var (source, file, side) in items[i])
            {
                string part = (drawn.Contains(i) ? "val" : "train") + side;
                string target = Path.Combine(output, part, source.RelativePath(file));
                NewFolder.Make(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
        }
        return (items.Length - validation, validation);
    }
}
