using System.Text;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Writes decoded images one after another into a file that <see cref="ImageStore"/> maps into memory. Layout, little
/// endian: "IMTPICS1"; the pixels of all images, each from a multiple of 64 bytes on; then for each image its offset
/// (int64), width and height (int32) and name (length-prefixed UTF-8); last 20 bytes: offset of that table (int64),
/// number of images (int32), "IMTPICS1".
/// </summary>
internal sealed class ImageStoreWriter : IDisposable
{
    internal const int Alignment = 64,
        TrailerBytes = 20;

    private readonly string _path,
        _beside;
    private readonly FileStream _file;
    private readonly List<(long Offset, int Width, int Height, string Name)> _entries = [];

    /// <summary>Begins a store beside <paramref name="path"/>; <see cref="Complete"/> renames it.</summary>
    public ImageStoreWriter(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _beside = AtomicFile.NewNameFor(_path);
        string folder = Path.GetDirectoryName(_path)!;
        Directory.CreateDirectory(folder);
        AtomicFile.DeleteLeftovers(folder, [Path.GetFileName(_path)]);
        _file = new FileStream(_beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        _file.Write(Magic);
    }

    internal static ReadOnlySpan<byte> Magic => "IMTPICS1"u8;

    /// <summary>Appends an image.</summary>
    public void Add(string name, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(image);
        var gap = (int)((Alignment - _file.Position % Alignment) % Alignment);
        ReadOnlySpan<byte> zeros = stackalloc byte[Alignment];
        _file.Write(zeros[..gap]);
        _entries.Add((_file.Position, image.Width, image.Height, name));
        _file.Write(image.Pixels);
    }

    /// <summary>Writes the table, puts the file on disk and gives it its name.</summary>
    public void Complete()
    {
        var table = _file.Position;
        using (var writer = new BinaryWriter(_file, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var (offset, width, height, name) in _entries)
            {
                writer.Write(offset);
                writer.Write(width);
                writer.Write(height);
                writer.Write(name);
            }
            writer.Write(table);
            writer.Write(_entries.Count);
            writer.Write(Magic);
        }
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_beside, _path, overwrite: true);
    }

    /// <summary>Removes an incomplete file.</summary>
    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_beside);
    }
}
