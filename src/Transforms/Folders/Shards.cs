using System.Text;

namespace MlNetImageTranslation.Transforms;

/// <summary>Divides the files of a folder among machines (<see cref="FolderTranslationOptions.Shard"/>).</summary>
internal static class Shards
{
    /// <summary>Whether a file belongs to this share.</summary>
    /// <param name="shard">The share.</param>
    /// <param name="relativePath">The file's path below the folder, with forward slashes.</param>
    public static bool Contains((int Index, int Count) shard, string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        // FNV-1a: the same on every machine and in every version, unlike string.GetHashCode.
        ulong hash = 14695981039346656037;
        foreach (byte value in Encoding.UTF8.GetBytes(relativePath))
            hash = (hash ^ value) * 1099511628211;
        // Its low bits are weak on short names; fold the high ones in.
        return (hash ^ hash >> 32) % (ulong)shard.Count == (ulong)shard.Index;
    }
}
