using System.Globalization;
using System.Text;
using System.Text.Json;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>What a scan found.</summary>
/// <param name="Parts">Name and number of images of each part.</param>
/// <param name="Sizes">How many images have each size, most frequent first.</param>
/// <param name="Problems">In the order of the files.</param>
public sealed record DatasetReport(
    IReadOnlyList<KeyValuePair<string, int>> Parts,
    IReadOnlyList<KeyValuePair<string, int>> Sizes,
    IReadOnlyList<DatasetProblem> Problems
)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>
    /// Decodes every image of a dataset, on all cores, and reports what would hurt training: unreadable files, odd
    /// sizes, images of one colour or of a narrow range, duplicates, and the same image in training and validation.
    /// </summary>
    /// <param name="folder">The dataset; its parts are those of <see cref="DatasetTools.FindFiles"/>, and image
    /// stores.</param>
    /// <param name="options">Limits of decoding.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static DatasetReport Scan(
        string folder,
        ImageDecoderOptions? options = null,
        CancellationToken cancellationToken = default
    ) => DatasetScanner.Scan(new DatasetLayout(folder).FindParts(stores: true), options, cancellationToken);

    /// <summary>Does the same for the files of one part.</summary>
    /// <param name="part">Its name, as folders are called: train, val, test, trainA, valB and so on.</param>
    /// <param name="files">The image files.</param>
    /// <param name="sideBySide">Whether each file is a pair, A at left and B at right.</param>
    /// <param name="options">Limits of decoding.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public static DatasetReport Scan(
        string part,
        IReadOnlyList<string> files,
        bool sideBySide,
        ImageDecoderOptions? options = null,
        CancellationToken cancellationToken = default
    ) => DatasetScanner.Scan([new DatasetPart(part, files, sideBySide)], options, cancellationToken);

    /// <summary>The unused files of each part; parts without such files are not in it.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<LeftOutFiles>> LeftOut { get; init; } =
        new Dictionary<string, IReadOnlyList<LeftOutFiles>>();

    /// <summary>The images that training is better off without.</summary>
    public IReadOnlySet<string> FilesToSkip => Problems.Where(p => p.ShouldSkip).Select(p => p.File).ToHashSet();

    /// <summary>Throws when there is an image that training is better off without.</summary>
    /// <exception cref="InvalidDataException">There is; the message names the first few.</exception>
    public void ThrowIfBad()
    {
        var bad = Problems.Where(p => p.ShouldSkip).ToArray();
        if (bad.Length == 0)
            return;
        var shown = string.Join("; ", bad.Take(3).Select(p => $"'{p.File}': {p.Detail}"));
        throw new InvalidDataException(
            $"The dataset has {bad.Length} bad images: {shown}{(bad.Length > 3 ? " …" : "")}"
        );
    }

    /// <summary>
    /// For people: counts, unused files, sizes, and up to <paramref name="limit"/> problems of a kind.
    /// </summary>
    public string ToText(int limit = 10)
    {
        var text = new StringBuilder();
        foreach (var (name, count) in Parts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{name}: {count} images");
            foreach (var leftOut in LeftOut.GetValueOrDefault(name) ?? [])
                text.AppendLine(CultureInfo.InvariantCulture, $"  {Words(leftOut)}");
        }
        text.AppendLine(
            "sizes: "
                + string.Join(
                    ", ",
                    Sizes.Take(5).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} ({s.Value})"))
                )
                + (Sizes.Count > 5 ? $", and {Sizes.Count - 5} more" : "")
        );
        foreach (var kind in Problems.GroupBy(p => p.Kind))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{kind.Key}: {kind.Count()}");
            foreach (var problem in kind.Take(limit))
                text.AppendLine($"  {problem.File}: {problem.Detail}");
            if (kind.Count() > limit)
                text.AppendLine("  …");
        }
        if (Problems.Count == 0)
            text.AppendLine(LeftOut.Count == 0 ? "nothing is wrong" : "nothing is wrong with the images that are used");
        return text.ToString();
    }

    /// <summary>The whole report for programs.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                Parts = Parts.ToDictionary(p => p.Key, p => p.Value),
                Sizes = Sizes.ToDictionary(s => s.Key, s => s.Value),
                LeftOut,
                Problems,
            },
            Json
        );

    // Unpaired sets have no partners and are none the worse for it.
    private static string Words(LeftOutFiles files) =>
        files.Reason == LeftOutReason.NoPartner ? $"{files}; training on pairs is refused" : $"left out: {files}";
}
