using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Where the images of a dataset lie, as datasets are laid out. For a phase (<c>train</c>, <c>val</c>, <c>test</c>):
/// <list type="bullet">
/// <item>side-by-side pairs, or single images, in <c>{phase}</c>, in the store <c>{phase}.imtcache</c> or, for
/// training, in the dataset's folder itself;</item>
/// <item>two folders, or stores beside them: <c>{phase}A</c> and <c>{phase}B</c>, <c>{phase}/A</c> and
/// <c>{phase}/B</c>, <c>A/{phase}</c> and <c>B/{phase}</c>, <c>{phase}_label</c> and <c>{phase}_img</c> (pix2pixHD's)
/// or, for training, <c>A</c> and <c>B</c>.</item>
/// </list>
/// A store stands for the folder of its name and comes first. Sub-folders are walked, except those that are another
/// part of the dataset.
/// </summary>
internal sealed class DatasetLayout
{
    private const string Training = "train";

    private readonly string _path;
    private readonly bool _recursive;

    /// <summary>The layout of a folder, or of a store of training images.</summary>
    /// <param name="path">The dataset's folder, or a file that <see cref="DatasetTools.WriteStore"/> wrote.</param>
    /// <param name="recursive">Whether sub-folders of the folders of images are walked.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or file.</exception>
    public DatasetLayout(string path, bool recursive = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path) && !File.Exists(path))
            throw new DirectoryNotFoundException($"There is no data folder '{path}'.");
        _path = path;
        _recursive = recursive;
    }

    /// <summary>The names of the phases, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> Phases { get; } = [Training, "val", "test"];

    /// <summary>The pairs of a phase, or null where there are none.</summary>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <exception cref="InvalidDataException">There are two folders whose images are not pairs: an image has no
    /// partner, or two have one name.</exception>
    /// <exception cref="FormatException">A store is damaged or incomplete.</exception>
    public ImagePairs? FindPairs(string phase) =>
        FindOwn(phase)?.ToPairs()
        ?? (
            FindSides(phase, stores: false) is var (a, b)
                ? new TwoFolderPairs(
                    PairedNames.Match(a.Listing!, b.Listing!),
                    [.. a.Listing!.LeftOut, .. b.Listing!.LeftOut]
                )
                : null
        )
        ?? FindBelow(phase)?.ToPairs()
        ?? FindAtRoot(phase)?.ToPairs();

    /// <summary>The two unpaired sets of a phase, or null where there are none.</summary>
    /// <inheritdoc cref="FindImages"/>
    public (ImageSet A, ImageSet B)? FindSets(string phase) =>
        FindSides(phase, stores: true) is var (a, b) ? (a.ToSet(), b.ToSet()) : null;

    /// <summary>The single images of a phase, or null where there are none.</summary>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <exception cref="FormatException">A store is damaged or incomplete.</exception>
    public ImageSet? FindImages(string phase) => (FindOwn(phase) ?? FindBelow(phase) ?? FindAtRoot(phase))?.ToSet();

    /// <summary>One set of a phase, or null where there is none.</summary>
    /// <param name="phase"><c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <param name="side"><c>A</c> or <c>B</c>.</param>
    /// <exception cref="FormatException">A store is damaged or incomplete.</exception>
    public ImageSet? FindSet(string phase, string side) => FindSide(phase, side)?.ToSet();

    /// <summary>
    /// The image files of all parts that are folders, by the part's name: train, val, test, trainA, valB and so on.
    /// Parts that are stores are left out.
    /// </summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FindFiles() =>
        FindParts(stores: false).ToDictionary(part => part.Name, part => part.Files);

    /// <summary>All parts that are folders of images and, where asked for, stores.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    /// <exception cref="FormatException">A store is damaged or incomplete.</exception>
    public IReadOnlyList<DatasetPart> FindParts(bool stores)
    {
        var parts = new List<DatasetPart>();
        foreach (string phase in Phases)
        {
            var own = FindOwn(phase) ?? FindBelow(phase);
            if (own?.Listing is { } listing)
                parts.Add(Part(phase, listing, sideBySide: true));
            else if (stores && own is not null)
                parts.Add(StoredPart(phase, own.Path, sideBySide: true));
            parts.AddRange(SidesOf(phase, stores));
        }
        if (!parts.Exists(part => part.IsTraining) && FindAtRoot(Training)?.Listing is { } root)
            parts.Insert(0, Part(Training, root, sideBySide: true));
        return parts.Count > 0
            ? parts
            : throw new InvalidDataException(
                $"Folder '{_path}' holds no images: expected some in it or in train, val, test, trainA, trainB, A or "
                    + "B."
            );
    }

    private IEnumerable<DatasetPart> SidesOf(string phase, bool stores)
    {
        ImagePlace? a = FindSide(phase, "A"),
            b = FindSide(phase, "B");
        return [.. SideOf("A", a, b), .. SideOf("B", b, a)];

        IEnumerable<DatasetPart> SideOf(string side, ImagePlace? place, ImagePlace? other)
        {
            if (place?.Listing is { } listing)
                yield return Part(phase + side, listing, sideBySide: false, other?.Listing);
            else if (stores && place is not null)
                yield return StoredPart(phase + side, place.Path, sideBySide: false);
        }
    }

    private static DatasetPart StoredPart(string name, string path, bool sideBySide)
    {
        using var store = ImageStore.Open(path);
        return new(name, [.. Enumerable.Range(0, store.Count).Select(store.NameOf)], sideBySide) { Store = path };
    }

    private static DatasetPart Part(string name, ImageListing listing, bool sideBySide, ImageListing? partners = null)
    {
        // Unpaired sets have no partners at all; of pairs, some may be missing.
        var lonely = partners is null ? [] : PairedNames.WithoutPartner(listing, partners);
        return new(name, listing.Files, sideBySide)
        {
            LeftOut =
                lonely.Count == 0 || lonely.Count == listing.Files.Count
                    ? listing.LeftOut
                    : [.. listing.LeftOut, new(LeftOutReason.NoPartner, lonely.Count, listing.RelativePath(lonely[0]))],
        };
    }

    /// <summary>A file given as the dataset, the phase's store, or its folder with images directly in it.</summary>
    private ImagePlace? FindOwn(string phase)
    {
        if (File.Exists(_path))
            return phase == Training ? new(_path, null) : null;
        string folder = Path.Combine(_path, phase);
        return File.Exists(folder + ImageStore.Extension) ? new(folder + ImageStore.Extension, null)
            : ImageDecoder.HasFiles(folder, recursive: false) ? Look(folder, "A", "B")
            : null;
    }

    /// <summary>The phase's folder with images in its sub-folders only, such as cities.</summary>
    private ImagePlace? FindBelow(string phase)
    {
        string folder = Path.Combine(_path, phase);
        return _recursive && Directory.Exists(folder) ? Look(folder, "A", "B") : null;
    }

    /// <summary>The dataset's own folder, where images lie directly in it.</summary>
    private ImagePlace? FindAtRoot(string phase) =>
        phase == Training && ImageDecoder.HasFiles(_path, recursive: false)
            ? Look(_path, ["A", "B", .. Phases.SelectMany(name => new[] { name, name + "A", name + "B" })])
            : null;

    private (ImagePlace A, ImagePlace B)? FindSides(string phase, bool stores)
    {
        foreach (var (a, b) in FoldersOf(phase, "A").Zip(FoldersOf(phase, "B")))
        {
            if (FolderOrStore(a, stores) is { } first && FolderOrStore(b, stores) is { } second)
                return (first, second);
        }
        return null;
    }

    private ImagePlace? FindSide(string phase, string side) =>
        FoldersOf(phase, side)
            .Select(folder => FolderOrStore(folder, stores: true))
            .FirstOrDefault(found => found is not null);

    private IEnumerable<string> FoldersOf(string phase, string side)
    {
        yield return Path.Combine(_path, phase + side);
        yield return Path.Combine(_path, phase, side);
        yield return Path.Combine(_path, side, phase);
        yield return Path.Combine(_path, phase + (side == "A" ? "_label" : "_img"));
        if (phase == Training)
            yield return Path.Combine(_path, side);
    }

    private ImagePlace? FolderOrStore(string folder, bool stores)
    {
        string store = folder + ImageStore.Extension;
        return stores && File.Exists(store) ? new(store, null)
            : Directory.Exists(folder) ? Look(folder, [.. Phases])
            : null;
    }

    private ImagePlace? Look(string folder, params ReadOnlySpan<string> otherParts)
    {
        string[] others = [.. otherParts.ToArray().Select(name => Path.Combine(folder, name))];
        var listing = ImageListing.Of(folder, _recursive, others);
        return listing.Files.Count > 0 ? new(folder, listing) : null;
    }
}
