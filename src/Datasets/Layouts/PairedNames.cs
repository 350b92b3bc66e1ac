namespace MlNetImageTranslation.Datasets;

/// <summary>
/// The rule by which the images of two folders are pairs: they have the same path below their folder, up to the
/// extension and up to what all names of a folder end in. Every image needs its partner, and no name may occur twice.
/// </summary>
internal static class PairedNames
{
    /// <summary>The files of both images of each pair, in the order of A.</summary>
    /// <param name="a">The images A.</param>
    /// <param name="b">The images B.</param>
    /// <param name="allowUnusedB">Whether B may have images without a partner.</param>
    /// <exception cref="InvalidDataException">A folder holds no images, an image has no partner, or a folder holds two
    /// images of one name; the message names them.</exception>
    public static IReadOnlyList<(string A, string B)> Match(ImageListing a, ImageListing b, bool allowUnusedB = false)
    {
        RequireDistinct(a.RequireImages());
        RequireDistinct(b.RequireImages());
        var (nameOfA, nameOfB) = Names(a, b);
        var partners = b.Files.ToDictionary(nameOfB);
        var pairs = new List<(string, string)>();
        foreach (string file in a.Files)
        {
            if (!partners.Remove(nameOfA(file), out string? partner))
                throw Lonely(file, b.Folder, WithoutPartner(a, b).Count);
            pairs.Add((file, partner));
        }
        return allowUnusedB || partners.Count == 0
            ? pairs
            : throw Lonely(b.Files.First(partners.ContainsValue), a.Folder, partners.Count);
    }

    /// <summary>The images of <paramref name="a"/> that have no partner in <paramref name="b"/>.</summary>
    public static IReadOnlyList<string> WithoutPartner(ImageListing a, ImageListing b)
    {
        var names = b.Files.Select(b.NameOf).ToHashSet();
        return [.. a.Files.Where(file => !names.Contains(a.NameOf(file)))];
    }

    /// <summary>Refuses two images of one name: which of them is meant, nobody can say.</summary>
    /// <exception cref="InvalidDataException">There are two such images; the message names them.</exception>
    public static void RequireDistinct(ImageListing listing)
    {
        var twice = listing.Files.GroupBy(listing.NameOf).FirstOrDefault(group => group.Skip(1).Any());
        if (twice is not null)
            throw new InvalidDataException(
                $"Folder '{listing.Folder}' has several images of the name '{twice.Key}' with different extensions: "
                    + $"{string.Join(", ", twice.Select(listing.RelativePath))}. Expected one of each name."
            );
    }

    // The names as they are, unless only without their endings all images A have partners.
    private static (Func<string, string> OfA, Func<string, string> OfB) Names(ImageListing a, ImageListing b)
    {
        if (WithoutPartner(a, b).Count > 0)
        {
            Func<string, string> ofA = WithoutEnding(a),
                ofB = WithoutEnding(b);
            var names = b.Files.Select(ofB).ToHashSet();
            var found = a.Files.Select(ofA).Where(names.Contains).ToHashSet();
            if (names.Count == b.Files.Count && found.Count == a.Files.Count)
                return (ofA, ofB);
        }
        return (a.NameOf, b.NameOf);
    }

    private static Func<string, string> WithoutEnding(ImageListing listing)
    {
        int length = SharedEnding.Of([.. listing.Files.Select(listing.NameOf)]).Length;
        return file => listing.NameOf(file)[..^length];
    }

    private static InvalidDataException Lonely(string file, string otherFolder, int count) =>
        new(
            $"Image '{file}' has no partner of the same name in '{otherFolder}'"
                + (count == 1 ? "." : $" ({count} such images).")
        );
}
