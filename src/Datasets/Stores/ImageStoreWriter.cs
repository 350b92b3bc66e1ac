using System.Text;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Writes decoded images one after another into a file that <see cref="ImageStore"/> maps into memory. Layout, little
/// endian: "IMTPICS1"; the pixels of all images, each from a multiple of 64 bytes on; then for each image its offset
/// (int64), width and height (int32) and name (length-prefixed UTF-8); last 20 bytes: offset of that table (int64),
/// number of images (int32), "IMTPICS1".
/// </summary>
internal sealed class ImageStoreWriter
{
    internal const int Alignment = 64,
        TrailerBytes = 20;

    private readonly Stream _stream;
    private readonly List<(long Offset, int Width, int Height, string Name)> _entries = [];

    private ImageStoreWriter(Stream stream)
    {
        _stream = stream;
        _stream.Write(Magic);
    }

    internal static ReadOnlySpan<byte> Magic => "IMTPICS1"u8;

    /// <summary>Writes a store, which appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="addImages">Adds the images. What it throws leaves nothing behind.</param>
    public static void Write(string path, Action<ImageStoreWriter> addImages) =>
        AtomicFile.WriteStream(
            path,
            stream =>
            {
                var writer = new ImageStoreWriter(stream);
                addImages(writer);
                writer.WriteTable();
            },
            flushToDisk: true
        );

    /// <summary>Appends an image.</summary>
    public void Add(string name, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(image);
        var gap = (int)((Alignment - _stream.Position % Alignment) % Alignment);
        ReadOnlySpan<byte> zeros = stackalloc byte[Alignment];
        _stream.Write(zeros[..gap]);
        _entries.Add((_stream.Position, image.Width, image.Height, name));
        _stream.Write(image.Pixels);
    }

    private void WriteTable()
    {
        var table = _stream.Position;
        using var writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
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
}
