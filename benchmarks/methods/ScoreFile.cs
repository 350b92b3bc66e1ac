using System.Globalization;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>The scores of one seed, as <see cref="Results"/> wrote them.</summary>
internal sealed class ScoreFile
{
    private const string Prefix = "scores-seed";
    private const string Extension = ".csv";
    private static readonly string[] s_settings = ["size", "steps", "filters", "images", "test_images"];

    private readonly List<Dictionary<string, string>> _rows;

    /// <exception cref="InvalidDataException">The file has no scores, or lines of different lengths.</exception>
    private ScoreFile(string path, int seed)
    {
        Seed = seed;
        string[][] lines = [.. File.ReadAllLines(path).Select(line => line.Split(','))];
        if (lines.Length < 2 || lines.Any(line => line.Length != lines[0].Length))
        {
            throw new InvalidDataException(
                $"'{path}': expected a line of names and lines of as many values, but found something else."
            );
        }

        _rows =
        [
            .. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second)),
        ];
        if (
            s_settings.Concat(["direction", "method", "seconds"]).FirstOrDefault(name => !_rows[0].ContainsKey(name)) is
            { } missing
        )
        {
            throw new InvalidDataException($"'{path}': expected a column {missing}, but found none.");
        }
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The budget, as text.</summary>
    public string Settings => string.Join(", ", s_settings.Select(name => $"{name} {_rows[0][name]}"));

    /// <summary>What was scored: direction, method, and whether it was trained.</summary>
    public IReadOnlyList<(string Direction, string Method, bool Trained)> Rows =>
        [.. _rows.Select(row => (row["direction"], row["method"], row["seconds"].Length > 0))];

    /// <summary>A row's score; null where it has none.</summary>
    public double? Score(int row, string metric) =>
        double.TryParse(_rows[row].GetValueOrDefault(metric), CultureInfo.InvariantCulture, out double score)
            ? score
            : null;

    /// <summary>The path of a seed's file.</summary>
    public static string PathOf(string folder, int seed) =>
        Path.Combine(folder, FormattableString.Invariant($"{Prefix}{seed}{Extension}"));

    /// <summary>Reads files that fit together.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="seeds">Whose files; none: all that are there.</param>
    /// <exception cref="InvalidDataException">There are fewer than two, one is not sound, or they have other settings or
    /// methods than each other.</exception>
    public static IReadOnlyList<ScoreFile> ReadAll(string folder, IReadOnlyList<int> seeds)
    {
        int[] wanted = seeds.Count > 0 ? [.. seeds] : Seeds(folder);
        if (wanted.Length < 2)
        {
            throw new InvalidDataException(
                $"'{folder}': expected the scores of two seeds or more ({Prefix}N{Extension}), but found {wanted.Length}."
            );
        }

        if (wanted.FirstOrDefault(seed => !File.Exists(PathOf(folder, seed)), -1) is var absent and >= 0)
        {
            throw new InvalidDataException($"'{PathOf(folder, absent)}': there is no such file.");
        }

        ScoreFile[] files = [.. wanted.Order().Select(seed => new ScoreFile(PathOf(folder, seed), seed))];
        foreach (var file in files)
        {
            if (file.Settings != files[0].Settings)
            {
                throw new InvalidDataException(
                    $"Seeds {files[0].Seed} and {file.Seed} cannot be compared: one has {files[0].Settings}, the other "
                        + $"{file.Settings}."
                );
            }

            if (!file.Rows.SequenceEqual(files[0].Rows))
            {
                throw new InvalidDataException(
                    $"Seeds {files[0].Seed} and {file.Seed} cannot be compared: one has {Methods(files[0])}, the other "
                        + $"{Methods(file)}."
                );
            }
        }

        return files;
    }

    private static string Methods(ScoreFile file) =>
        string.Join(", ", file.Rows.Where(row => row.Trained).Select(row => row.Method).Distinct());

    private static int[] Seeds(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder, $"{Prefix}*{Extension}")
                    .Select(path => Path.GetFileNameWithoutExtension(path)[Prefix.Length..])
                    .Where(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
            ];
}
