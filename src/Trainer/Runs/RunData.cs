using System.Security.Cryptography;
using System.Text.Json;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Which files a run learns from (data.json of the run folder): the names and sizes of all, hashes of some, and where
/// the folders are that its options name.
/// </summary>
/// <param name="FormatVersion">1.</param>
/// <param name="Folders">The full paths of the folders that the run's options name, by option.</param>
/// <param name="Files">Bytes of every training file, by its path below the folder that all are in.</param>
/// <param name="Sample">SHA-256 of some of them.</param>
/// <param name="Times">When each was last written, in milliseconds since 1970; runs of before have none.</param>
internal sealed record RunData(
    int FormatVersion,
    IReadOnlyDictionary<string, string> Folders,
    IReadOnlyDictionary<string, long> Files,
    IReadOnlyDictionary<string, string> Sample,
    IReadOnlyDictionary<string, long>? Times = null
)
{
    private const int SampleCount = 32;
    private const int Named = 5;

    // Of longer files (stores) the first and last so many bytes are hashed; the last have the table of images.
    private const int HashedBytes = 1 << 20;

    /// <summary>What there is now.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RunData Of(IReadOnlyList<string> files, IReadOnlyDictionary<string, string> folders)
    {
        string[] all =
        [
            .. files.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        int common = CommonFolder(all).Length;
        string Name(string path) => path[common..].Replace('\\', '/');
        // Spread over all, the first and the last among them.
        int count = Math.Min(SampleCount, all.Length);
        var sample = Enumerable
            .Range(0, count)
            .Select(i => all[count == 1 ? 0 : (int)((long)i * (all.Length - 1) / (count - 1))]);
        return new(
            1,
            folders,
            all.ToDictionary(Name, path => new FileInfo(path).Length),
            sample.ToDictionary(Name, Hash),
            all.ToDictionary(Name, path => new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeMilliseconds())
        );
    }

    /// <summary>Reads data.json; null where it is missing (a run of before) or cannot be read.</summary>
    public static RunData? Read(string path, Action<string> warn)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            if (
                JsonSerializer.Deserialize<RunData>(RegularFile.ReadText(path), OptionsJson.Settings) is
                { FormatVersion: 1, Folders: not null, Files: not null, Sample: not null } data
            )
                return data;
            warn($"'{path}' is not of format 1: changes of the training files since the run began are not noticed.");
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            warn(
                $"'{path}' cannot be read, so that changes of the training files since the run began are not noticed: "
                    + exception.Message
            );
        }
        return null;
    }

    /// <summary>Writes data.json.</summary>
    public void Write(string path, bool flushToDisk) =>
        AtomicFile.WriteStream(
            path,
            stream => JsonSerializer.Serialize(stream, this, OptionsJson.Settings),
            flushToDisk
        );

    /// <summary>What differs from what was recorded, for people; empty where nothing does.</summary>
    public IReadOnlyList<string> ChangesSince(RunData before)
    {
        string[] added = [.. Files.Keys.Except(before.Files.Keys).Order(StringComparer.Ordinal)],
            removed = [.. before.Files.Keys.Except(Files.Keys).Order(StringComparer.Ordinal)],
            changed =

            [
                .. Files
                    .Where(file =>
                        before.Files.TryGetValue(file.Key, out long bytes)
                        && (
                            bytes != file.Value
                            || before.Sample.TryGetValue(file.Key, out string? hash)
                                && Sample.TryGetValue(file.Key, out string? now)
                                && hash != now
                        )
                    )
                    .Select(file => file.Key)
                    .Order(StringComparer.Ordinal),
            ];
        return [.. List("new", added), .. List("missing", removed), .. List("changed", changed)];
    }

    /// <summary>
    /// Files that were written since though their names and sizes are the same and nobody has their hash; empty where
    /// the times of all differ, as those of copies do. No proof of a change, so it is a reason to warn only.
    /// </summary>
    public IReadOnlyList<string> WrittenSince(RunData before)
    {
        if (Times is null || before.Times is null)
            return [];
        string[] same = [.. Times.Keys.Where(before.Times.ContainsKey)],
            written = [.. same.Where(name => Times[name] != before.Times[name])];
        return written.Length == same.Length
            ? []
            :
            [
                .. List(
                    "written since",
                    [
                        .. written
                            .Where(name =>
                                Files[name] == before.Files.GetValueOrDefault(name, -1)
                                && !(Sample.ContainsKey(name) && before.Sample.ContainsKey(name))
                            )
                            .Order(StringComparer.Ordinal),
                    ]
                ),
            ];
    }

    private static IEnumerable<string> List(string what, string[] names)
    {
        if (names.Length == 0)
            return [];
        string more = names.Length > Named ? FormattableString.Invariant($" and {names.Length - Named} more") : "";
        return [$"{what}: {string.Join(", ", names.Take(Named).Select(name => $"'{name}'"))}{more}"];
    }

    // With its separator; the names below it are the same wherever the data are moved to.
    private static string CommonFolder(string[] sorted)
    {
        if (sorted.Length == 0)
            return "";
        int same = sorted[0].AsSpan().CommonPrefixLength(sorted[^1]);
        return sorted[0][..(sorted[0].AsSpan(0, same).LastIndexOf(Path.DirectorySeparatorChar) + 1)];
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length <= 2 * HashedBytes)
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        byte[] ends = new byte[2 * HashedBytes];
        stream.ReadExactly(ends, 0, HashedBytes);
        stream.Seek(-HashedBytes, SeekOrigin.End);
        stream.ReadExactly(ends, HashedBytes, HashedBytes);
        return Convert.ToHexStringLower(SHA256.HashData(ends));
    }
}
