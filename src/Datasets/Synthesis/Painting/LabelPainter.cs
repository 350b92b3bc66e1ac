using System.Globalization;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>The label image of a scene, one flat colour for every kind of ground, and its instance image.</summary>
internal static class LabelPainter
{
    // By the number of the ground cover.
    private static readonly (byte R, byte G, byte B)[] s_colors =
    [
        (192, 192, 128),
        (128, 128, 128),
        (255, 224, 96),
        (96, 224, 64),
        (0, 112, 32),
        (32, 96, 224),
        (224, 192, 224),
        (160, 32, 32),
        (255, 255, 255),
        (255, 160, 0),
        (224, 0, 160),
    ];

    /// <summary>The lines of the palette file: red green blue name.</summary>
    public static IEnumerable<string> Palette =>
        Enum.GetValues<GroundCover>()
            .Select(cover =>
            {
                var (r, g, b) = s_colors[(int)cover];
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{r} {g} {b} {cover.ToString().ToLowerInvariant()}"
                );
            });

    /// <param name="raster">The scene.</param>
    /// <param name="scale">Pixels of the raster for one of the finished image, which takes the first of them: labels do
    /// not mix.</param>
    /// <returns>The label image, and the instance image: every building has a colour of its own, other ground that of
    /// its kind.</returns>
    public static (RgbImage Labels, RgbImage Instances) Paint(SceneRaster raster, int scale)
    {
        int size = raster.Size / scale;
        var labels = new RgbImage(size, size);
        var instances = new RgbImage(size, size);
        var numbers = new Dictionary<Building, int>(ReferenceEqualityComparer.Instance);
        for (int pixel = 0; pixel < size * size; pixel++)
        {
            int i = pixel / size * scale * raster.Size + pixel % size * scale;
            int kind = (int)raster.Cover[i];
            Set(labels, pixel, s_colors[kind]);
            if (raster.Cover[i] == GroundCover.Building && raster.Buildings[i] is { } building)
            {
                numbers.TryAdd(building, numbers.Count);
                Set(instances, pixel, ColorOf(numbers[building]));
            }
            else
            {
                Set(instances, pixel, ((byte)kind, (byte)kind, (byte)kind));
            }
        }
        return (labels, instances);
    }

    private static (byte R, byte G, byte B) ColorOf(int number) =>
        ((byte)(32 + number * 37 % 224), (byte)(32 + number * 91 % 224), (byte)(64 + number / 224));

    private static void Set(RgbImage image, int pixel, (byte R, byte G, byte B) color)
    {
        image.Pixels[3 * pixel] = color.R;
        image.Pixels[3 * pixel + 1] = color.G;
        image.Pixels[3 * pixel + 2] = color.B;
    }
}
