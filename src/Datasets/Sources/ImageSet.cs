using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Images without partners: one side of what CycleGAN learns from.</summary>
public abstract class ImageSet
{
    /// <summary>How many images there are.</summary>
    public abstract int Count { get; }

    /// <summary>The name of an image, for messages and captions.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    public abstract string NameOf(int index);

    /// <summary>Decodes an image. May be called from several threads at once.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    /// <exception cref="FormatException">It cannot be decoded; the message names it.</exception>
    public abstract RgbImage Load(int index);

    /// <summary>The store that holds the images; null where they are in no store.</summary>
    public virtual string? StoreFile => null;

    /// <summary>What lies among the files of the images and is not used.</summary>
    internal virtual IReadOnlyList<LeftOutFiles> LeftOut => [];

    /// <summary>
    /// One line about the files that lie among the images and are not used, by reason; null where there are none.
    /// </summary>
    /// <param name="name">What the line calls the images, such as <c>trainA</c>.</param>
    public string? DescribeLeftOut(string name) => LeftOutFiles.Describe(name, Count, LeftOut);

    /// <summary>The images of a folder in the ordinal order of their paths.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="recursive">Whether sub-folders are walked.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static ImageSet FromFolder(string folder, bool recursive = true) =>
        new FolderImageSet(ImageListing.Of(folder, recursive).RequireImages());

    /// <summary>Images in a file that <see cref="DatasetTools.WriteStore"/> wrote.</summary>
    /// <exception cref="FormatException">No such file, or an incomplete one.</exception>
    public static ImageSet FromStore(string path) => new StoreImageSet(ImageStore.Open(path));

    /// <summary>
    /// The images of a folder, of a store, or of the store beside the folder (<c>trainA.imtcache</c> for
    /// <c>trainA</c>), which comes first.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static ImageSet FromFolderOrStore(string path)
    {
        string beside = Path.TrimEndingDirectorySeparator(path) + ImageStore.Extension;
        return File.Exists(path) ? FromStore(path)
            : File.Exists(beside) ? FromStore(beside)
            : FromFolder(path);
    }

    /// <summary>The single images of a phase of a dataset, or null where there are none.</summary>
    /// <param name="folder">The dataset's folder, or a store of training images.</param>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <remarks>
    /// They lie in <c>{phase}</c>, in the store <c>{phase}.imtcache</c>, which comes first, or, for training, in the
    /// dataset's folder itself. Sub-folders are walked, except those that are another part of the dataset.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or file.</exception>
    /// <exception cref="FormatException">A store is damaged or incomplete.</exception>
    public static ImageSet? TryFromDataSet(string folder, string phase) => new DatasetLayout(folder).FindImages(phase);

    /// <summary>One of the two unpaired sets of a phase of a dataset, or null where there is none.</summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <param name="side"><c>A</c> or <c>B</c>.</param>
    /// <remarks>
    /// It lies in <c>{phase}A</c>, <c>{phase}/A</c>, <c>A/{phase}</c> or, for training, <c>A</c>, or in the store of
    /// such a name, which comes first. Sub-folders are walked, except those that are another part of the dataset.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FormatException">A store is damaged or incomplete.</exception>
    public static ImageSet? TrySideFromDataSet(string folder, string phase, string side) =>
        new DatasetLayout(folder).FindSet(phase, side);

    /// <summary>
    /// The two unpaired sets of a phase of a dataset, which lie beside each other as in
    /// <see cref="TrySideFromDataSet"/>, or null where there are none.
    /// </summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FormatException">A store is damaged or incomplete.</exception>
    public static (ImageSet A, ImageSet B)? TryBothFromDataSet(string folder, string phase) =>
        new DatasetLayout(folder).FindSets(phase);

    /// <summary>Images in memory.</summary>
    public static ImageSet FromImages(IReadOnlyList<RgbImage> images) => new MemoryImageSet(images);

    /// <summary>Some of the images, in the order given.</summary>
    public ImageSet Subset(IReadOnlyList<int> indices) => new SubsetImageSet(this, indices);
}
