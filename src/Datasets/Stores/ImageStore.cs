using System.Text;
using Microsoft.Win32.SafeHandles;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Decoded images in one file: epochs after the first cost no decoding. It is read, not mapped into memory, so that a
/// file that is cut or a disk that fails is an error and not the end of the process. Thread-safe.
/// </summary>
internal sealed class ImageStore : IDisposable
{
    /// <inheritdoc cref="DatasetTools.StoreExtension"/>
    public const string Extension = DatasetTools.StoreExtension;

    private readonly SafeFileHandle _file;
    private readonly (long Offset, int Width, int Height, string Name)[] _entries;

    private ImageStore(string path, SafeFileHandle file, (long, int, int, string)[] entries)
    {
        Path = path;
        _file = file;
        _entries = entries;
    }

    /// <summary>The file, as a full path.</summary>
    public string Path { get; }

    /// <summary>The number of images.</summary>
    public int Count => _entries.Length;

    /// <summary>Opens a store.</summary>
    /// <exception cref="FormatException">The file is no complete store.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RegularFile.Require(path);
        var entries = ReadTable(path);
        return new ImageStore(System.IO.Path.GetFullPath(path), File.OpenHandle(path), entries);
    }

    /// <summary>The name that an image was stored under.</summary>
    public string NameOf(int index) => _entries[index].Name;

    /// <summary>Columns and rows of an image.</summary>
    public (int Width, int Height) SizeOf(int index) => (_entries[index].Width, _entries[index].Height);

    /// <summary>Copies an image out of the file.</summary>
    /// <exception cref="FormatException">The file was cut since it was opened.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public RgbImage Read(int index)
    {
        var (offset, width, height, name) = _entries[index];
        var image = RgbImage.Uninitialized(width, height);
        for (var done = 0; done < image.Pixels.Length; )
        {
            var read = RandomAccess.Read(_file, image.Pixels.AsSpan(done), offset + done);
            if (read == 0)
                throw new FormatException($"'{Path}' was cut while it was in use: it ends inside of image '{name}'.");
            done += read;
        }
        return image;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static (long, int, int, string)[] ReadTable(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new BinaryReader(file, Encoding.UTF8);
        var problem = new FormatException($"'{path}' is no image store, or was not written to its end.");
        if (file.Length < ImageStoreWriter.Magic.Length + ImageStoreWriter.TrailerBytes)
            throw problem;
        if (!reader.ReadBytes(8).AsSpan().SequenceEqual(ImageStoreWriter.Magic))
            throw problem;
        file.Seek(-ImageStoreWriter.TrailerBytes, SeekOrigin.End);
        var table = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (
            !reader.ReadBytes(8).AsSpan().SequenceEqual(ImageStoreWriter.Magic)
            || table < 8
            || table > file.Length
            || count < 0
            || count > (file.Length - table) / 17
        )
            throw problem;
        file.Seek(table, SeekOrigin.Begin);
        var entries = new (long Offset, int Width, int Height, string Name)[count];
        for (var i = 0; i < count; i++)
        {
            entries[i] = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadString());
            if (
                entries[i].Width < 1
                || entries[i].Height < 1
                || entries[i].Offset < 8
                || (long)entries[i].Width * entries[i].Height > Array.MaxLength / 3
                || entries[i].Offset > table - 3L * entries[i].Width * entries[i].Height
            )
                throw problem;
        }
        return entries;
    }
}
