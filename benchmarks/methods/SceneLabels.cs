using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>
/// The classes of the synthesizer's maps. Maps have hatchings of two colours; label images have one flat colour for each
/// class, far from the others, so that the nearest colour of a translated pixel says what it is meant to be.
/// </summary>
internal static class SceneLabels
{
    private static readonly LabelPalette s_map = LabelPalette.Parse(
        [
            "186 174 154 yard",
            "252 248 240 yard",
            "250 240 206 field",
            "198 178 118 field",
            "206 236 180 green",
            "112 172 84 green",
            "176 212 248 water",
            "80 140 214 water",
            "214 200 190 building",
            "120 98 86 building",
            "110 92 82 building",
            "255 255 255 street",
            "255 228 146 street",
            "232 196 110 street",
            "248 180 112 street",
            "214 140 76 street",
            "255 222 176 street",
        ],
        "synthetic maps"
    );

    private static readonly (byte R, byte G, byte B)[] s_colors =
    [
        (192, 192, 192),
        (255, 255, 0),
        (0, 160, 0),
        (0, 0, 255),
        (192, 0, 0),
        (0, 0, 0),
    ];

    /// <summary>The classes by the colours of label images.</summary>
    public static LabelPalette Palette { get; } =
        LabelPalette.Parse(
            [.. s_colors.Zip(s_map.Names, (color, name) => $"{color.R} {color.G} {color.B} {name}")],
            "label images"
        );

    /// <summary>Pixels of the map for one of the label image, in each direction.</summary>
    public const int Oversampling = 4;

    /// <summary>
    /// The label image of a map that is <see cref="Oversampling"/> times as large: each pixel is of the class that most
    /// of its block is of. Where two colours of a map meet their mean may be that of a third class, so that single
    /// pixels would not do.
    /// </summary>
    public static RgbImage Of(RgbImage map)
    {
        int[] classes = s_map.Classify(map);
        var labels = new RgbImage(map.Width / Oversampling, map.Height / Oversampling);
        for (int y = 0; y < labels.Height; y++)
        for (int x = 0; x < labels.Width; x++)
        {
            var (r, g, b) = s_colors[Most(classes, map.Width, x * Oversampling, y * Oversampling)];
            int i = 3 * (y * labels.Width + x);
            labels.Pixels[i] = r;
            labels.Pixels[i + 1] = g;
            labels.Pixels[i + 2] = b;
        }

        return labels;
    }

    private static int Most(int[] classes, int width, int left, int top)
    {
        Span<int> counts = stackalloc int[s_colors.Length];
        for (int y = top; y < top + Oversampling; y++)
        for (int x = left; x < left + Oversampling; x++)
        {
            counts[classes[y * width + x]]++;
        }

        int most = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[most])
            {
                most = i;
            }
        }

        return most;
    }
}
