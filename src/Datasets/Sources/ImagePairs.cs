using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Pairs of images, an A and a B of the same scene and size: what pix2pix and regression learn from.</summary>
public abstract class ImagePairs
{
    /// <summary>How many pairs there are.</summary>
    public abstract int Count { get; }

    /// <summary>The name of a pair, for messages and captions.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    public abstract string NameOf(int index);

    /// <summary>The files of a pair: one that holds both images, or two.</summary>
    public virtual IReadOnlyList<string> FilesOf(int index) => [NameOf(index)];

    /// <summary>Whether a file holds both images of a pair.</summary>
    public virtual bool IsSideBySide => false;

    /// <summary>Decodes a pair. May be called from several threads at once.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    /// <exception cref="FormatException">An image cannot be decoded; the message names it.</exception>
    public abstract (RgbImage A, RgbImage B) Load(int index);

    /// <summary>
    /// Pairs from files that hold A on the left and B on the right, in the ordinal order of their names.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static ImagePairs FromSideBySide(string folder) => new SideBySidePairs(ImageFolder.List(folder));

    /// <summary>Pairs from two folders whose files have the same names (extensions may differ).</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A folder holds no images, or an image has no partner; the message names
    /// it.</exception>
    public static ImagePairs FromFolders(string folderA, string folderB) => TwoFolderPairs.Match(folderA, folderB);

    /// <summary>
    /// Side-by-side pairs in a file that <c>imt data cache</c> (<see cref="ImageStore.Create"/>) wrote.
    /// </summary>
    /// <exception cref="FormatException">No such file, or an incomplete one.</exception>
    public static ImagePairs FromStore(string path) => new StorePairs(ImageStore.Open(path));

    /// <summary>Single images as pairs of their luma and themselves: colorization.</summary>
    public static ImagePairs FromColorization(ImageSet images) => new ColorizationPairs(images);

    /// <summary>Pairs in memory.</summary>
    public static ImagePairs FromImages(IReadOnlyList<(RgbImage A, RgbImage B)> pairs) => new MemoryPairs(pairs);

    /// <summary>
    /// Pairs from a folder as data sets are laid out: side-by-side images in it or in its <paramref name="phase"/>
    /// sub-folder, or the two sub-folders <c>{phase}A</c> and <c>{phase}B</c>, or <c>A</c> and <c>B</c>; or decoded
    /// pairs in <c>{phase}.imtcache</c>, which come first, or in a file of that kind given instead of the folder.
    /// </summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    public static ImagePairs FromDataSet(string folder, string phase = "train") =>
        TryFromDataSet(folder, phase)
        ?? throw new InvalidDataException(
            $"Folder '{folder}' holds no image pairs: expected side-by-side images in it or in '{phase}', or images "
                + $"of the same names in '{phase}A' and '{phase}B' or in 'A' and 'B'."
        );

    /// <summary>
    /// As <see cref="FromDataSet"/>, or null where the folder has no pairs for that phase. Images directly in the
    /// folder count as training pairs only.
    /// </summary>
    public static ImagePairs? TryFromDataSet(string folder, string phase)
    {
        if (File.Exists(folder))
            return phase == "train" ? FromStore(folder) : null;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no data folder '{folder}'.");
        string inside = Path.Combine(folder, phase);
        if (File.Exists(inside + ImageStore.Extension))
            return FromStore(inside + ImageStore.Extension);
        if (ImageFolder.Any(inside))
            return FromSideBySide(inside);
        foreach (
            var (a, b) in new[]
            {
                (inside + "A", inside + "B"),
                (Path.Combine(inside, "A"), Path.Combine(inside, "B")),
                (Path.Combine(folder, "A", phase), Path.Combine(folder, "B", phase)),
            }
        )
            if (ImageFolder.Any(a) && ImageFolder.Any(b))
                return FromFolders(a, b);
        if (phase != "train")
            return null;
        if (ImageFolder.Any(Path.Combine(folder, "A")) && ImageFolder.Any(Path.Combine(folder, "B")))
            return FromFolders(Path.Combine(folder, "A"), Path.Combine(folder, "B"));
        return ImageFolder.Any(folder) ? FromSideBySide(folder) : null;
    }

    /// <summary>Some of the pairs, in the order given.</summary>
    public ImagePairs Subset(IReadOnlyList<int> indices) => new SubsetPairs(this, indices);

    private sealed class SideBySidePairs(IReadOnlyList<string> files) : ImagePairs
    {
        public override int Count => files.Count;

        public override bool IsSideBySide => true;

        public override string NameOf(int index) => files[index];

        public override (RgbImage A, RgbImage B) Load(int index) =>
            PairSplitter.Split(ImageDecoder.Decode(files[index]), files[index]);
    }

    private sealed class TwoFolderPairs(IReadOnlyList<(string A, string B)> files) : ImagePairs
    {
        public override int Count => files.Count;

        public override string NameOf(int index) => files[index].A;

        public override IReadOnlyList<string> FilesOf(int index) => [files[index].A, files[index].B];

        public override (RgbImage A, RgbImage B) Load(int index) =>
            (ImageDecoder.Decode(files[index].A), ImageDecoder.Decode(files[index].B));

        public static TwoFolderPairs Match(string folderA, string folderB)
        {
            var partners = ImageFolder.List(folderB).ToLookup(path => Path.GetFileNameWithoutExtension(path));
            var pairs = ImageFolder
                .List(folderA)
                .Select(path =>
                    (
                        path,
                        partners[Path.GetFileNameWithoutExtension(path)].FirstOrDefault()
                            ?? throw new InvalidDataException(
                                $"Image '{path}' has no partner of the same name in '{folderB}'."
                            )
                    )
                )
                .ToArray();
            return new(pairs);
        }
    }

    private sealed class MemoryPairs(IReadOnlyList<(RgbImage A, RgbImage B)> pairs) : ImagePairs
    {
        public override int Count => pairs.Count;

        public override string NameOf(int index) => $"row {index}";

        public override (RgbImage A, RgbImage B) Load(int index) => pairs[index];
    }

    private sealed class ColorizationPairs(ImageSet images) : ImagePairs
    {
        public override int Count => images.Count;

        public override string NameOf(int index) => images.NameOf(index);

        public override (RgbImage A, RgbImage B) Load(int index)
        {
            var image = images.Load(index);
            return (PhotoFilters.Gray(image), image);
        }
    }

    private sealed class SubsetPairs(ImagePairs whole, IReadOnlyList<int> indices) : ImagePairs
    {
        public override int Count => indices.Count;

        public override string NameOf(int index) => whole.NameOf(indices[index]);

        public override bool IsSideBySide => whole.IsSideBySide;

        public override IReadOnlyList<string> FilesOf(int index) => whole.FilesOf(indices[index]);

        public override (RgbImage A, RgbImage B) Load(int index) => whole.Load(indices[index]);
    }
}
