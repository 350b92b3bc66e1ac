namespace MlNetImageTranslation.Imaging;

/// <summary>Reads image files into memory.</summary>
internal static class ImageBytes
{
    /// <summary>All bytes of a file.</summary>
    /// <exception cref="FormatException">It is a folder, or larger than allowed.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static byte[] Read(string path, ImageDecoderOptions options)
    {
        // Named pipes and devices have no length either: whoever opened one might wait for ever.
        if (RegularFile.Target(path) is { Exists: true, Length: 0 })
            return [];
        if (Directory.Exists(path))
            throw new FormatException($"'{path}' is a folder; expected an image.");
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(handle);
        if (length > Math.Min(options.MaxFileBytes, Array.MaxLength))
            throw new FormatException(
                $"Image '{path}' has {length} bytes; at most {options.MaxFileBytes} are allowed."
            );
        return RegularFile.ReadBytes(handle, length);
    }
}
