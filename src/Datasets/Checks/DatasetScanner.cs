using System.Numerics.Tensors;
using System.Security.Cryptography;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Decodes every image of a dataset before training does, on all cores, and reports what would hurt later: unreadable
/// files, odd sizes, images of one colour or of a narrow range, duplicates, and the same image in training and
/// validation.
/// </summary>
internal static class DatasetScanner
{
    /// <summary>How many of a part's images must share a size before the others count as odd.</summary>
    private const double UniformShare = 0.9;

    /// <inheritdoc cref="DatasetReport.Scan(string, ImageDecoderOptions?, CancellationToken)"/>
    public static DatasetReport Scan(
        IReadOnlyList<DatasetPart> parts,
        ImageDecoderOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(parts);
        var work = parts
            .SelectMany(part => part.Files.Select((file, index) => (Part: part, File: file, Index: index)))
            .ToArray();
        var looks = new Look[work.Length];
        var stores = new Dictionary<DatasetPart, ImageStore>();
        try
        {
            foreach (var part in parts)
                if (part.Store is { } store)
                    stores[part] = ImageStore.Open(store);
            AllCores.For(
                work.Length,
                cancellationToken,
                i =>
                {
                    var (part, file, index) = work[i];
                    looks[i] = stores.GetValueOrDefault(part) is { } store
                        ? LookAt(part, $"{part.Store}: {file}", () => store.Read(index))
                        : LookAt(part, file, () => ImageDecoder.Decode(file, options));
                }
            );
        }
        finally
        {
            foreach (var store in stores.Values)
                store.Dispose();
        }

        var usual = parts.ToDictionary(
            part => part,
            part => UsualSize(looks.Where(look => look.Part == part).ToArray())
        );
        var seen = new Dictionary<string, Look>();
        var problems = new List<DatasetProblem>();
        // Training parts first, so that a leak is reported at the validation image.
        foreach (var look in looks.OrderBy(look => look.Part.IsTraining ? 0 : 1))
            problems.AddRange(ProblemsOf(look, usual[look.Part], seen));
        var sizes = looks
            .Where(look => look.Size is not null)
            .CountBy(look => look.Size!)
            .OrderByDescending(s => s.Value)
            .ThenBy(s => s.Key, StringComparer.Ordinal);
        return new DatasetReport(
            [.. parts.Select(part => KeyValuePair.Create(part.Name, part.Files.Count))],
            [.. sizes],
            problems
        )
        {
            LeftOut = parts.Where(part => part.LeftOut.Count > 0).ToDictionary(part => part.Name, part => part.LeftOut),
        };
    }

    private static Look LookAt(DatasetPart part, string file, Func<RgbImage> load)
    {
        RgbImage image;
        try
        {
            image = load();
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return new Look(part, file, null, null, [], e.Message);
        }
        var problems = ProblemsOf(part, file, image).ToList();
        var hash = Convert.ToHexString(SHA256.HashData(image.Pixels)) + image.Size;
        return new Look(part, file, image.Size, hash, problems, null);
    }

    private static IEnumerable<DatasetProblem> ProblemsOf(DatasetPart part, string file, RgbImage image)
    {
        if (part.IsSideBySide && image.Width % 2 != 0)
            yield return new DatasetProblem(
                DatasetProblemKind.OddSize,
                part.Name,
                file,
                $"{image.Size} has an odd width; a side-by-side pair has an even one"
            )
            {
                ShouldSkip = true,
            };
        if (IsConstant(image, part.IsSideBySide, out var where))
            yield return new DatasetProblem(DatasetProblemKind.Constant, part.Name, file, $"{where} has one colour");
        byte largest = TensorPrimitives.Max<byte>(image.Pixels);
        if (part.Store is null && largest < 128 && ImageHeader.Read(file).BitsPerSample == 16)
            yield return new DatasetProblem(
                DatasetProblemKind.NarrowRange,
                part.Name,
                file,
                $"16 bits a sample, but none over {largest} of 255 when brought to 8 bits; if fewer bits are meant, "
                    + "multiply the samples or declare their bits (PNG's sBIT)"
            );
    }

    private static IEnumerable<DatasetProblem> ProblemsOf(Look look, string? usualSize, Dictionary<string, Look> seen)
    {
        if (look.Error is not null)
        {
            yield return new DatasetProblem(DatasetProblemKind.Unreadable, look.Part.Name, look.File, look.Error);
            yield break;
        }
        foreach (var problem in look.Problems)
            yield return problem;
        if (usualSize is not null && look.Size != usualSize)
            yield return new DatasetProblem(
                DatasetProblemKind.OddSize,
                look.Part.Name,
                look.File,
                $"is {look.Size}; nearly all others of {look.Part.Name} are {usualSize}"
            );
        if (seen.TryAdd(look.Hash!, look))
            yield break;
        var other = seen[look.Hash!];
        if (other.Part == look.Part)
            yield return new DatasetProblem(
                DatasetProblemKind.Duplicate,
                look.Part.Name,
                look.File,
                $"the same image as '{other.File}'"
            );
        else if (other.Part.IsTraining && !look.Part.IsTraining)
            yield return new DatasetProblem(
                DatasetProblemKind.Leak,
                look.Part.Name,
                look.File,
                $"the same image as '{other.File}' of {other.Part.Name}"
            );
    }

    private static string? UsualSize(Look[] looks)
    {
        var most = looks
            .Where(look => look.Size is not null)
            .CountBy(look => look.Size!)
            .OrderByDescending(s => s.Value)
            .FirstOrDefault();
        return most.Value > 1 && most.Value >= UniformShare * looks.Length ? most.Key : null;
    }

    private static bool IsConstant(RgbImage image, bool pair, out string where)
    {
        where = "the image";
        if (!pair || image.Width < 2)
            return IsConstant(image, 0, image.Width);
        var half = image.Width / 2;
        var left = IsConstant(image, 0, half);
        where = left ? "the left half" : "the right half";
        return left || IsConstant(image, half, image.Width - half);
    }

    private static bool IsConstant(RgbImage image, int x, int width)
    {
        var first = image.Row(0).Slice(x * 3, 3);
        for (var y = 0; y < image.Height; y++)
        for (var row = image.Row(y).Slice(x * 3, width * 3); row.Length > 0; row = row[3..])
            if (!row[..3].SequenceEqual(first))
                return false;
        return true;
    }

    private sealed record Look(
        DatasetPart Part,
        string File,
        string? Size,
        string? Hash,
        List<DatasetProblem> Problems,
        string? Error
    );
}
