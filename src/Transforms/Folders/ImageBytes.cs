namespace MlNetImageTranslation.Transforms;

/// <summary>Reads image files that people may have replaced by links, pipes or devices.</summary>
internal static class ImageBytes
{
    /// <summary>All bytes of a file.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="limit">The most bytes allowed.</param>
    /// <exception cref="FormatException">It is empty, not a regular file, or has more bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Read(string path, string name, long limit)
    {
        limit = Math.Min(limit, Array.MaxLength);
        // Named pipes and devices have no length: whoever opens one may wait for ever, or read without end.
        if (RegularFile.Target(path).Length == 0)
            throw new FormatException($"Image '{name}' is empty, or not a regular file (a pipe or a device).");
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long length = RandomAccess.GetLength(handle);
        if (length > limit)
            throw new FormatException($"Image '{name}' has {length} bytes; at most {limit} are allowed.");
        return RegularFile.ReadBytes(handle, length);
    }
}
