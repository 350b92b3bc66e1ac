using System.Globalization;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The classes of label images and their colours. A palette file has a line for each: red, green and blue (0 to 255),
/// then a name, with blanks between; class numbers count from 0 in the order of the lines. Lines named <c>ignore</c>
/// are colours whose pixels are not scored (they take no number). Empty lines and those that begin with // are skipped.
/// </summary>
public sealed class LabelPalette
{
    private readonly List<(int R, int G, int B, int Class)> _colors = [];
    private readonly List<string> _names = [];

    private LabelPalette() { }

    /// <summary>The names of the classes, by number.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The colours in the order of the file, 0xRRGGBB, each with its class; -1 for those not scored.</summary>
    public IReadOnlyList<(int Color, int Class)> Colors =>
        [
            .. _colors.Select(color =>
                ((color.R << 16) | (color.G << 8) | color.B, color.Class == ConfusionMatrix.Ignored ? -1 : color.Class)
            ),
        ];

    private const long MaximumLength = 1 << 20;

    /// <summary>Reads a palette file.</summary>
    /// <exception cref="FormatException">A line is not understood, or there is no class; the message names file and
    /// line. Or it is no regular file, or has more than 1 MiB.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LabelPalette Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RegularFile.Require(path, MaximumLength);
        return Parse(File.ReadAllLines(path), path);
    }

    /// <summary>Reads the lines of a palette file.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="name">Names it in messages.</param>
    /// <exception cref="FormatException">A line is not understood, or there is no class.</exception>
    public static LabelPalette Parse(IReadOnlyList<string> lines, string name)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var palette = new LabelPalette();
        for (int i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
                continue;
            var parts = line.Split((char[])[' ', '\t', ','], 4, StringSplitOptions.RemoveEmptyEntries);
            if (
                parts.Length < 4
                || !TryByte(parts[0], out int r)
                || !TryByte(parts[1], out int g)
                || !TryByte(parts[2], out int b)
            )
                throw new FormatException(
                    $"Palette '{name}', line {i + 1}: expected 'red green blue name' with numbers from 0 to 255; "
                        + $"got '{line}'."
                );
            int number = ConfusionMatrix.Ignored;
            if (parts[3] != "ignore")
            {
                // Two colours may share a class by sharing its name.
                number = palette._names.IndexOf(parts[3]);
                if (number < 0)
                {
                    number = palette._names.Count;
                    palette._names.Add(parts[3]);
                }
            }
            palette._colors.Add((r, g, b, number));
        }
        return palette._names.Count > 0 ? palette : throw new FormatException($"Palette '{name}' names no class.");
    }

    /// <summary>
    /// The class of every pixel, row by row: that of the nearest colour (smallest squared distance, the earlier of
    /// equals).
    /// </summary>
    public int[] Classify(RgbImage labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var known = new Dictionary<int, int>();
        var classes = new int[labels.Width * labels.Height];
        for (int i = 0; i < classes.Length; i++)
        {
            int r = labels.Pixels[3 * i],
                g = labels.Pixels[3 * i + 1],
                b = labels.Pixels[3 * i + 2],
                key = (r << 16) | (g << 8) | b;
            if (!known.TryGetValue(key, out classes[i]))
                known[key] = classes[i] = Nearest(r, g, b);
        }
        return classes;
    }

    private int Nearest(int r, int g, int b)
    {
        int best = int.MaxValue,
            found = ConfusionMatrix.Ignored;
        foreach (var color in _colors)
        {
            int distance =
                (color.R - r) * (color.R - r) + (color.G - g) * (color.G - g) + (color.B - b) * (color.B - b);
            if (distance < best)
            {
                best = distance;
                found = color.Class;
            }
        }
        return found;
    }

    private static bool TryByte(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= 255;
}
