namespace MlNetImageTranslation.Trainer;

/// <summary>A pile of pictures without partners: one side of what CycleGAN learns from.</summary>
public abstract class Pictures
{
    /// <summary>How many pictures there are.</summary>
    public abstract int Count { get; }

    /// <summary>The name of a picture, for messages and captions.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    public abstract string NameOf(int index);

    /// <summary>Decodes a picture. May be called from several threads at once.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1.</param>
    /// <exception cref="FormatException">It cannot be decoded; the message names it.</exception>
    public abstract RgbImage Load(int index);

    /// <summary>The pictures of a folder in the ordinal order of their names.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no pictures.</exception>
    public static Pictures FromFolder(string folder) => new FolderPictures(PictureFiles.In(folder));

    /// <summary>Pictures in a file that <c>imt data cache --single</c> (<see cref="PictureStore.Create"/>) wrote.</summary>
    /// <exception cref="FormatException">No such file, or an incomplete one.</exception>
    public static Pictures FromStore(string path) => new StorePictures(PictureStore.Open(path));

    /// <summary>The pictures of a folder, of a store, or of the store beside the folder (<c>trainA.imtcache</c> for <c>trainA</c>), which comes first.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no pictures.</exception>
    public static Pictures FromFolderOrStore(string path)
    {
        string beside = Path.TrimEndingDirectorySeparator(path) + PictureStore.Extension;
        return File.Exists(path) ? FromStore(path) : File.Exists(beside) ? FromStore(beside) : FromFolder(path);
    }

    /// <summary>Pictures in memory.</summary>
    public static Pictures FromImages(IReadOnlyList<RgbImage> images) => new MemoryPictures(images);

    /// <summary>Some of the pictures, in the order given.</summary>
    public Pictures Subset(IReadOnlyList<int> indices) => new SubsetPictures(this, indices);

    private sealed class FolderPictures(IReadOnlyList<string> files) : Pictures
    {
        public override int Count => files.Count;

        public override string NameOf(int index) => files[index];

        public override RgbImage Load(int index) => ImageDecoder.Decode(files[index]);
    }

    private sealed class MemoryPictures(IReadOnlyList<RgbImage> images) : Pictures
    {
        public override int Count => images.Count;

        public override string NameOf(int index) => $"row {index}";

        public override RgbImage Load(int index) => images[index];
    }

    private sealed class SubsetPictures(Pictures whole, IReadOnlyList<int> indices) : Pictures
    {
        public override int Count => indices.Count;

        public override string NameOf(int index) => whole.NameOf(indices[index]);

        public override RgbImage Load(int index) => whole.Load(indices[index]);
    }
}
