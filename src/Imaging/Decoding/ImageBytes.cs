namespace MlNetImageTranslation.Imaging;

/// <summary>Reads image files into memory.</summary>
internal static class ImageBytes
{
    /// <summary>All bytes of a file.</summary>
    /// <exception cref="FormatException">It is larger than allowed.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static byte[] Read(string path, ImageDecoderOptions options)
    {
        if (IsEmpty(path))
            return [];
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(handle);
        if (length > Math.Min(options.MaxFileBytes, Array.MaxLength))
            throw new FormatException(
                $"Image '{path}' has {length} bytes; at most {options.MaxFileBytes} are allowed."
            );
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is > 0 and var more)
            read += more;
        return read == bytes.Length ? bytes : bytes[..read];
    }

    // Named pipes and devices have no length either: whoever opened one might wait for ever.
    private static bool IsEmpty(string path)
    {
        FileSystemInfo? file = new FileInfo(path);
        if (file.LinkTarget is not null)
            file = file.ResolveLinkTarget(returnFinalTarget: true);
        return file is FileInfo { Exists: true, Length: 0 };
    }
}
