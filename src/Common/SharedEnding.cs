namespace MlNetImageTranslation;

/// <summary>
/// What the names of all images of a folder end in: <c>_gtFine_labelIds</c> of <c>aachen_000000_gtFine_labelIds</c>,
/// <c>bochum_000000_gtFine_labelIds</c> and so on.
/// </summary>
/// <remarks>This file is compiled into the libraries that find images by the names of others.</remarks>
internal static class SharedEnding
{
    /// <summary>What an ending begins with.</summary>
    public const string Separators = "_-.";

    /// <summary>The longest ending that begins with a separator; empty where there is none, and for a single name.</summary>
    /// <param name="names">The names, without their extensions.</param>
    public static string Of(IReadOnlyCollection<string> names)
    {
        if (names.Count < 2)
            return "";
        string first = names.First();
        int length = names.Min(name => Shared(first, name));
        string ending = first[^length..];
        int begin = ending.AsSpan().IndexOfAny(Separators);
        return begin < 0 ? "" : ending[begin..];
    }

    private static int Shared(string a, string b)
    {
        int length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)] == b[^(length + 1)])
            length++;
        return length;
    }
}
