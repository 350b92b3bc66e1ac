using System.Globalization;
using System.Text;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// One machine's share of a folder. Which share a file belongs to follows from its name alone, so that machines need
/// not talk to each other.
/// </summary>
/// <param name="Index">Which share, from 0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">How many shares there are.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The whole folder.</summary>
    public static Shard Whole => new(0, 1);

    /// <summary>Reads <c>i/n</c>, i from 0 to n - 1: <c>0/4</c> is the first of four.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count > 0
            && index < count
            ? new(index, count)
            : throw new FormatException($"'{text}' is not a shard; expected i/n with i from 0 to n - 1, such as 0/4.");
    }

    /// <summary>Whether a file belongs to this share.</summary>
    /// <param name="relativePath">The file's path below the folder, with forward slashes.</param>
    public bool Contains(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        // FNV-1a: the same on every machine and in every version, unlike string.GetHashCode.
        ulong hash = 14695981039346656037;
        foreach (byte value in Encoding.UTF8.GetBytes(relativePath))
            hash = (hash ^ value) * 1099511628211;
        // Its low bits are weak on short names; fold the high ones in.
        return (hash ^ hash >> 32) % (ulong)Count == (ulong)Index;
    }

    /// <summary>The share as <c>i/n</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
