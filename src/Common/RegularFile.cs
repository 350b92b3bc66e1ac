using Microsoft.Win32.SafeHandles;

namespace MlNetImageTranslation;

/// <summary>Files that somebody named, before they are opened.</summary>
internal static class RegularFile
{
    // Far more than any file of text here has.
    private const long LongestText = 256 << 20;

    /// <summary>
    /// What a path leads to. A link has a length of its own, which says nothing about that of its target. Pipes and
    /// devices have none.
    /// </summary>
    public static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target
            ? target
            : file;
    }

    /// <summary>The first bytes of an open file, as many as it was said to have; fewer where it has become shorter.</summary>
    public static byte[] ReadBytes(SafeFileHandle handle, long length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)length));
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is > 0 and var more)
            read += more;
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>The text of a file.</summary>
    /// <inheritdoc cref="Require"/>
    public static string ReadText(string path)
    {
        Require(path, LongestText);
        return File.ReadAllText(path);
    }

    /// <summary>
    /// Refuses pipes and devices: whoever opens one may wait for ever, or read without end. They have no length, as
    /// empty files have none.
    /// </summary>
    /// <param name="path">The file, or a link to it. One that is missing is left to whoever opens it.</param>
    /// <param name="limit">The most bytes allowed.</param>
    /// <exception cref="FormatException">It is empty, a folder, no regular file, or has more bytes.</exception>
    public static void Require(string path, long limit = long.MaxValue)
    {
        if (Directory.Exists(path))
            throw new FormatException($"'{path}' is a folder; expected a file.");
        var file = Target(path);
        if (!file.Exists)
            return;
        if (file.Length == 0)
            throw new FormatException($"'{path}' is empty, or not a regular file (a pipe or a device).");
        if (file.Length > limit)
            throw new FormatException($"'{path}' has {file.Length} bytes; at most {limit} are allowed.");
    }
}
