using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlNetImageTranslation;

/// <summary>
/// Writes files that are whole or not there. The content is written beside its place under a hidden name and renamed
/// when it is complete. The name says which file it becomes and which process writes it, so that what a killed process
/// left behind is deleted by the next one that writes the same file, and by nobody else.
/// </summary>
/// <remarks>This file is compiled into every library that writes files.</remarks>
internal static class AtomicFile
{
    private const string Prefix = ".imt-";

    /// <summary>
    /// Writes a file by a function that is given the path to write to; its extension is that of the file.
    /// </summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="write">Creates the file whose path it is given. What it throws leaves nothing behind.</param>
    /// <param name="flushToDisk">Whether the content must survive a power failure.</param>
    /// <param name="deleteLeftovers">Whether to look for what killed processes left of this file. Whoever writes many
    /// files into one folder looks once, by <see cref="DeleteLeftovers"/>.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<string> write, bool flushToDisk = false, bool deleteLeftovers = true)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)!;
        // Before the work, and in better words than the system's.
        if (Directory.Exists(full))
            throw new IOException($"'{path}' is a folder; expected the name of a file to write.");
        if (File.Exists(folder))
            throw new IOException($"'{path}' cannot be written: '{folder}' is a file, not a folder.");
        NewFolder.Make(folder);
        if (deleteLeftovers)
        {
            DeleteLeftovers(folder, [Path.GetFileName(full)]);
        }

        string beside = NewNameFor(full);
        try
        {
            write(beside);
            if (flushToDisk)
            {
                using var stream = new FileStream(beside, FileMode.Open, FileAccess.Write);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, full, overwrite: true);
        }
        catch (UnauthorizedAccessException exception)
            when (exception.Message.Contains(beside, StringComparison.Ordinal))
        {
            // Nobody knows the hidden name.
            File.Delete(beside);
            throw new UnauthorizedAccessException(
                $"'{path}' cannot be written: access to its folder is denied.",
                exception
            );
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Writes a file through a stream.</summary>
    /// <inheritdoc cref="Write(string, Action{string}, bool, bool)"/>
    public static void WriteStream(string path, Action<Stream> write, bool flushToDisk = false) =>
        Write(
            path,
            beside =>
            {
                using var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write);
                write(stream);
                stream.Flush(flushToDisk);
            }
        );

    /// <summary>Writes a text in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{string}, bool, bool)"/>
    public static void WriteText(string path, string text, bool flushToDisk = false) =>
        Write(path, beside => File.WriteAllText(beside, text), flushToDisk);

    /// <summary>
    /// A new name beside <paramref name="path"/>, of the same extension and of the same length for all files, so that
    /// long names have one too.
    /// </summary>
    public static string NewNameFor(string path) =>
        Path.Combine(
            Path.GetDirectoryName(path) ?? "",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Prefix}{Mark(Path.GetFileName(path))}-{Environment.ProcessId}-{Guid.NewGuid():N}{Path.GetExtension(path)}"
            )
        );

    /// <summary>Deletes what processes that are gone left in a folder of the files that they were writing.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="names">Names, without folder, of the files meant.</param>
    public static void DeleteLeftovers(string folder, IEnumerable<string> names)
    {
        string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, Prefix + "*") : [];
        if (found.Length == 0)
        {
            return;
        }

        var marks = names.Select(Mark).ToHashSet(StringComparer.Ordinal);
        foreach (string file in found)
        {
            string[] parts = Path.GetFileName(file)[Prefix.Length..].Split('-');
            if (parts.Length >= 2 && marks.Contains(parts[0]) && IsGone(parts[1]))
            {
                File.Delete(file);
            }
        }
    }

    private static bool IsGone(string processId)
    {
        if (!int.TryParse(processId, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return true;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static string Mark(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
}
