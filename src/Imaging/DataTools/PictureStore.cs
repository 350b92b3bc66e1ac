using System.IO.MemoryMappedFiles;
using System.Text;

namespace MlNetImageTranslation.Imaging;

/// <summary>Decoded pictures in one file, read through a memory map: epochs after the first cost no decoding and no heap. Thread-safe.</summary>
public sealed class PictureStore : IDisposable
{
    /// <summary>The usual extension.</summary>
    public const string Extension = ".imtcache";

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly (long Offset, int Width, int Height, string Name)[] _entries;

    private PictureStore(MemoryMappedFile map, MemoryMappedViewAccessor view, (long, int, int, string)[] entries)
    {
        _map = map;
        _view = view;
        _entries = entries;
    }

    /// <summary>The number of pictures.</summary>
    public int Count => _entries.Length;

    /// <summary>Opens a store.</summary>
    /// <exception cref="FormatException">The file is no complete store.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PictureStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var entries = ReadTable(path);
        var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        return new PictureStore(map, map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), entries);
    }

    /// <summary>The name that a picture was stored under.</summary>
    public string NameOf(int index) => _entries[index].Name;

    /// <summary>Columns and rows of a picture.</summary>
    public (int Width, int Height) SizeOf(int index) => (_entries[index].Width, _entries[index].Height);

    /// <summary>Copies a picture out of the file.</summary>
    public RgbImage Read(int index)
    {
        var (offset, width, height, _) = _entries[index];
        var picture = RgbImage.Uninitialized(width, height);
        _view.ReadArray(offset, picture.Pixels, 0, picture.Pixels.Length);
        return picture;
    }

    /// <summary>
    /// Decodes the pictures of a folder into a store, in the order of <see cref="ImageFolder.List"/>. Side-by-side pairs are resized
    /// each half by itself and stay side by side.
    /// </summary>
    /// <param name="folder">Pictures.</param>
    /// <param name="path">The store to write; an existing one is replaced.</param>
    /// <param name="size">Width and height of a picture (of each half of a pair), or null to keep the size.</param>
    /// <param name="sideBySide">Whether the files are pairs.</param>
    /// <param name="filter">The filter of the resize.</param>
    /// <param name="cancellationToken">Stops between two pictures; nothing is left then.</param>
    /// <returns>The number of pictures.</returns>
    /// <exception cref="FormatException">A picture cannot be read.</exception>
    public static int Create(string folder, string path, (int Width, int Height)? size = null, bool sideBySide = false,
        ResizeFilter filter = ResizeFilter.Bicubic, CancellationToken cancellationToken = default)
    {
        var files = ImageFolder.List(folder);
        using var writer = new PictureStoreWriter(path);
        // In chunks: all cores decode, memory stays bounded, the order is kept.
        foreach (var chunk in files.Chunk(4 * Environment.ProcessorCount))
        {
            var pictures = new RgbImage[chunk.Length];
            AllCores.For(chunk.Length, cancellationToken, i => pictures[i] = Prepare(chunk[i], size, sideBySide, filter));
            for (var i = 0; i < chunk.Length; i++) writer.Add(Path.GetFileName(chunk[i]), pictures[i]);
        }
        writer.Complete();
        return files.Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private static RgbImage Prepare(string file, (int Width, int Height)? size, bool sideBySide, ResizeFilter filter)
    {
        var picture = ImageDecoder.Decode(file);
        if (size is not { } target) return picture;
        if (!sideBySide) return ImageResizer.Resize(picture, target.Width, target.Height, filter);
        var (a, b) = PairSplitter.Split(picture, file);
        return PairSplitter.Join(ImageResizer.Resize(a, target.Width, target.Height, filter), ImageResizer.Resize(b, target.Width, target.Height, filter));
    }

    private static (long, int, int, string)[] ReadTable(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new BinaryReader(file, Encoding.UTF8);
        var problem = new FormatException($"'{path}' is no picture store, or was not written to its end.");
        if (file.Length < PictureStoreWriter.Magic.Length + PictureStoreWriter.TrailerBytes) throw problem;
        if (!reader.ReadBytes(8).AsSpan().SequenceEqual(PictureStoreWriter.Magic)) throw problem;
        file.Seek(-PictureStoreWriter.TrailerBytes, SeekOrigin.End);
        var table = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (!reader.ReadBytes(8).AsSpan().SequenceEqual(PictureStoreWriter.Magic) || table < 8 || table > file.Length || count < 0 || count > (file.Length - table) / 17) throw problem;
        file.Seek(table, SeekOrigin.Begin);
        var entries = new (long Offset, int Width, int Height, string Name)[count];
        for (var i = 0; i < count; i++)
        {
            entries[i] = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadString());
            if (entries[i].Width < 1 || entries[i].Height < 1 || entries[i].Offset < 8 || entries[i].Offset + 3L * entries[i].Width * entries[i].Height > table) throw problem;
        }
        return entries;
    }
}
