using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Demo;

/// <summary>Brings pairs to one size and writes them as single images, the form in which ML.NET loads them.</summary>
internal sealed class DemoData
{
    private const int TrainingPlaces = 200,
        HeldOutPlaces = 8,
        HeldOutAtMost = 32;

    private readonly string _folder;

    private DemoData(string folder, IReadOnlyList<PairRow> training, IReadOnlyList<PairRow> heldOut)
    {
        _folder = folder;
        Training = training;
        HeldOut = heldOut;
    }

    public IReadOnlyList<PairRow> Training { get; }

    /// <summary>Pairs that training never sees.</summary>
    public IReadOnlyList<PairRow> HeldOut { get; }

    public override string ToString() => $"{Training.Count} training pairs, {HeldOut.Count} held-out pairs ({_folder})";

    /// <summary>Decodes the pairs of rows.</summary>
    public static IReadOnlyList<(RgbImage Source, RgbImage Target)> Read(IEnumerable<PairRow> rows) =>
        [.. rows.Select(row => (ImageDecoder.Decode(row.SourcePath), ImageDecoder.Decode(row.TargetPath)))];

    /// <exception cref="IOException">The pairs cannot be read.</exception>
    /// <exception cref="InvalidDataException">There are none, or too few.</exception>
    public static DemoData Prepare(DemoOptions options)
    {
        var folder = Path.Combine(options.OutputFolder, "data");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        if (options.DataFolder is not { } pairs)
        {
            return new(
                folder,
                Write(Path.Combine(folder, "train"), TrainingPlaces, place => Quarters(place, options.Size), options),
                Write(
                    Path.Combine(folder, "val"),
                    HeldOutPlaces,
                    place => Quarters(TrainingPlaces + place, options.Size),
                    options
                )
            );
        }

        var training = ImagePairs.FromDataSet(pairs, "train");
        var heldOut = ImagePairs.TryFromDataSet(pairs, "val") ?? ImagePairs.TryFromDataSet(pairs, "test");
        if (heldOut is null)
        {
            // No folder of its own: every tenth pair is held out.
            var everyTenth = Enumerable.Range(0, training.Count).ToLookup(i => i % 10 == 9);
            heldOut = training.Subset([.. everyTenth[true]]);
            training = training.Subset([.. everyTenth[false]]);
            if (heldOut.Count == 0)
                throw new InvalidDataException(
                    $"Folder '{pairs}' has {training.Count} pairs; 10 or more are needed to hold some out."
                );
        }
        return new(
            folder,
            Write(Path.Combine(folder, "train"), training.Count, i => [training.Load(i)], options),
            Write(Path.Combine(folder, "val"), Math.Min(heldOut.Count, HeldOutAtMost), i => [heldOut.Load(i)], options)
        );
    }

    // A place is drawn at twice the size and cut into four: streets and houses are then large enough to be seen in few
    // pixels.
    private static IReadOnlyList<(RgbImage A, RgbImage B)> Quarters(long seed, int size)
    {
        var (aerial, map) = AerialMapSynthesizer.Create(seed, 2 * size);
        RgbImage Cut(RgbImage image, int quarter) => image.Crop(quarter % 2 * size, quarter / 2 * size, size, size);
        return [.. Enumerable.Range(0, 4).Select(quarter => (Cut(aerial, quarter), Cut(map, quarter)))];
    }

    private static IReadOnlyList<PairRow> Write(
        string folder,
        int count,
        Func<int, IReadOnlyList<(RgbImage A, RgbImage B)>> load,
        DemoOptions options
    )
    {
        var sources = Directory.CreateDirectory(Path.Combine(folder, "source"));
        var targets = Directory.CreateDirectory(Path.Combine(folder, "target"));
        return
        [
            .. Enumerable
                .Range(0, count)
                .AsParallel()
                .AsOrdered()
                .SelectMany(i =>
                    load(i)
                        .Select(
                            (pair, part) =>
                            {
                                var name = $"{i:0000}-{part}.png";
                                var row = new PairRow
                                {
                                    SourcePath = Path.Combine(sources.FullName, name),
                                    TargetPath = Path.Combine(targets.FullName, name),
                                };
                                var (source, target) = options.IsReversed ? (pair.B, pair.A) : (pair.A, pair.B);
                                ImageEncoder.Save(source.Resize(options.Size, options.Size), row.SourcePath);
                                ImageEncoder.Save(target.Resize(options.Size, options.Size), row.TargetPath);
                                return row;
                            }
                        )
                ),
        ];
    }
}

/// <summary>One row of the data view: the files of a source image and of what it should become.</summary>
internal sealed class PairRow
{
    public string SourcePath { get; set; } = "";

    public string TargetPath { get; set; } = "";
}
