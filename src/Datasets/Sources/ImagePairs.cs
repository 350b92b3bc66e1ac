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

    /// <summary>Decodes image A of a pair alone. May be called from several threads at once.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    /// <exception cref="FormatException">The image cannot be decoded; the message names it.</exception>
    public virtual RgbImage LoadA(int index) => Load(index).A;

    /// <summary>Decodes image B of a pair alone. May be called from several threads at once.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    /// <exception cref="FormatException">The image cannot be decoded; the message names it.</exception>
    public virtual RgbImage LoadB(int index) => Load(index).B;

    /// <summary>The store that holds the pairs; null where they are in no store.</summary>
    public virtual string? StoreFile => null;

    /// <summary>What lies among the files of the pairs and is not used.</summary>
    internal virtual IReadOnlyList<LeftOutFiles> LeftOut => [];

    /// <summary>
    /// One line about the files that lie among the images and are not used, by reason; null where there are none.
    /// </summary>
    /// <param name="name">What the line calls the images, such as <c>trainA</c>.</param>
    public string? DescribeLeftOut(string name) => LeftOutFiles.Describe(name, Count, LeftOut);

    /// <summary>Pairs from files with A on the left and B on the right, in the ordinal order of their paths.</summary>
    /// <param name="folder">The files, and folders of such files.</param>
    /// <param name="recursive">Whether sub-folders are walked.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static ImagePairs FromSideBySide(string folder, bool recursive = true) =>
        new SideBySidePairs(ImageListing.Of(folder, recursive).RequireImages());

    /// <summary>
    /// Pairs from two folders whose files have the same paths below them. Extensions may differ, and what all names of a
    /// folder end in: <c>a_photo.jpg</c>, <c>b_photo.jpg</c> and <c>a_map.png</c>, <c>b_map.png</c>.
    /// </summary>
    /// <param name="folderA">The images A.</param>
    /// <param name="folderB">The images B.</param>
    /// <param name="recursive">Whether sub-folders are walked.</param>
    /// <param name="allowUnusedB">Whether images B without a partner are left out. Otherwise they are an
    /// error.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A folder holds no images, an image has no partner, or a folder has two
    /// images of one name; the message names them.</exception>
    public static ImagePairs FromFolders(
        string folderA,
        string folderB,
        bool recursive = true,
        bool allowUnusedB = false
    )
    {
        var a = ImageListing.Of(folderA, recursive);
        var b = ImageListing.Of(folderB, recursive);
        var pairs = PairedNames.Match(a, b, allowUnusedB);
        string[] unused = [.. b.Files.Except(pairs.Select(pair => pair.B))];
        return new TwoFolderPairs(
            pairs,
            unused.Length == 0
                ? [.. a.LeftOut, .. b.LeftOut]
                : [.. a.LeftOut, .. b.LeftOut, new(LeftOutReason.NoPartner, unused.Length, b.RelativePath(unused[0]))]
        );
    }

    /// <summary>Side-by-side pairs in a file that <see cref="DatasetTools.WriteStore"/> wrote.</summary>
    /// <exception cref="FormatException">No such file, or an incomplete one.</exception>
    public static ImagePairs FromStore(string path) => new StorePairs(ImageStore.Open(path));

    /// <summary>Single images as pairs of their luma and themselves: colorization.</summary>
    public static ImagePairs FromColorization(ImageSet images) => new ColorizationPairs(images);

    /// <summary>Pairs in memory.</summary>
    public static ImagePairs FromImages(IReadOnlyList<(RgbImage A, RgbImage B)> pairs) => new MemoryPairs(pairs);

    /// <summary>The pairs of a phase of a dataset, however it is laid out.</summary>
    /// <param name="folder">The dataset's folder, or a store of training pairs.</param>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <remarks>
    /// For a phase, these are:
    /// <list type="bullet">
    /// <item>side-by-side pairs in <c>{phase}</c>, in the store <c>{phase}.imtcache</c>, which comes first, or, for
    /// training, in the dataset's folder itself;</item>
    /// <item>images of the same names in <c>{phase}A</c> and <c>{phase}B</c>, <c>{phase}/A</c> and <c>{phase}/B</c>,
    /// <c>A/{phase}</c> and <c>B/{phase}</c> or, for training, <c>A</c> and <c>B</c>.</item>
    /// </list>
    /// Sub-folders are walked, except those that are another part of the dataset.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no pairs, or an image has no partner.</exception>
    public static ImagePairs FromDataSet(string folder, string phase = "train") =>
        TryFromDataSet(folder, phase)
        ?? throw new InvalidDataException(
            $"Folder '{folder}' holds no image pairs: expected side-by-side images in it or in '{phase}', or images "
                + $"of the same names in '{phase}A' and '{phase}B' or in 'A' and 'B'."
        );

    /// <summary>As <see cref="FromDataSet"/>, or null where the dataset has no pairs for that phase.</summary>
    public static ImagePairs? TryFromDataSet(string folder, string phase) => new DatasetLayout(folder).FindPairs(phase);

    /// <summary>Some of the pairs, in the order given.</summary>
    public ImagePairs Subset(IReadOnlyList<int> indices) => new SubsetPairs(this, indices);
}
