using System.Globalization;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Makes pairs of an aerial photograph and its street map out of nothing but a seed. Colour alone does not solve them:
/// roofs have the colours of streets, water and soil, fields are as green as parks, car parks as gray as streets,
/// shadows as dark as water, and every image has its own colour cast; a translator must see shapes and textures.
/// </summary>
public static class AerialMapSynthesizer
{
    private const int Oversampling = 2;

    /// <summary>The pair of a seed: the same bytes for the same seed and size.</summary>
    /// <param name="seed">Any number; neighbouring seeds give unrelated places.</param>
    /// <param name="size">Side of both images in pixels, 32 to 1024. The same place is shown at any size.</param>
    /// <returns>Aerial photograph and map, both size x size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size outside of 32..1024.</exception>
    public static (RgbImage Aerial, RgbImage Map) Create(long seed, int size = 128)
    {
        var (scene, raster) = Sample(seed, size);
        var map = MapPainter.Paint(raster, Oversampling).Shrink(Oversampling);
        return (PaintAerial(scene, raster, seed), map.ToImage());
    }

    /// <summary>The photograph of a seed, with what is on it: the place of <see cref="Create"/>.</summary>
    /// <param name="seed">As for <see cref="Create"/>.</param>
    /// <param name="size">As for <see cref="Create"/>.</param>
    /// <returns>Aerial photograph; label image, one flat colour for every kind of ground; instance image, another
    /// colour for every building. All are size x size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size outside of 32..1024.</exception>
    public static (RgbImage Aerial, RgbImage Labels, RgbImage Instances) CreateLabels(long seed, int size = 128)
    {
        var (scene, raster) = Sample(seed, size);
        var (labels, instances) = LabelPainter.Paint(raster, Oversampling);
        return (PaintAerial(scene, raster, seed), labels, instances);
    }

    private static (Scene Scene, SceneRaster Raster) Sample(long seed, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        var scene = new Scene(seed);
        var fine = size * Oversampling;
        var forest = NoiseField.CreateFractal(SceneRandom.For(seed, 4), fine, fine * 0.3f, 3);
        return (scene, new(scene, fine, forest));
    }

    private static RgbImage PaintAerial(Scene scene, SceneRaster raster, long seed)
    {
        var trees = Tree.PlantAll(raster, SceneRandom.For(seed, 12));
        var light = new SceneLight(SceneRandom.For(seed, 5));
        var aerial = AerialPainter.Paint(scene, raster, light, trees, seed).Shrink(Oversampling);
        AerialPainter.Expose(aerial, light, SceneRandom.For(seed, 6));
        return aerial.ToImage();
    }

    /// <summary>
    /// Writes a dataset of pairs: side-by-side PNG files (aerial photograph | map) in train/ and val/. Pair n of a set
    /// is the pair of seed + n, training pairs first. All cores work.
    /// </summary>
    /// <param name="folder">Created where it is missing; files of the same names are replaced.</param>
    /// <param name="trainCount">Pairs in train/, 1 or more.</param>
    /// <param name="validationCount">Pairs in val/, 0 or more.</param>
    /// <param name="size">Side of an image in pixels, 32 to 1024.</param>
    /// <param name="seed">The first seed.</param>
    /// <param name="cancellationToken">Stops between two pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or size out of range.</exception>
    public static void WriteDataset(
        string folder,
        int trainCount,
        int validationCount,
        int size = 128,
        long seed = 1,
        CancellationToken cancellationToken = default
    ) =>
        Write(
            folder,
            trainCount,
            validationCount,
            size,
            cancellationToken,
            (i, part, name) =>
            {
                var (aerial, map) = Create(seed + i, size);
                ImageEncoder.Save(RgbImage.JoinPair(aerial, map), Path.Combine(folder, part, name));
            }
        );

    /// <summary>
    /// Writes a dataset of photographs and label images, such as networks learn that make photographs of labels:
    /// side-by-side PNG files (aerial photograph | labels) in train/ and val/, instance images of the same names in
    /// instances/train/ and instances/val/, and the colours of the labels in palette.txt, with a line <c>red green blue
    /// name</c> for each. The places are those of <see cref="WriteDataset"/>.
    /// </summary>
    /// <param name="folder">As for <see cref="WriteDataset"/>.</param>
    /// <param name="trainCount">As for <see cref="WriteDataset"/>.</param>
    /// <param name="validationCount">As for <see cref="WriteDataset"/>.</param>
    /// <param name="size">As for <see cref="WriteDataset"/>.</param>
    /// <param name="seed">As for <see cref="WriteDataset"/>.</param>
    /// <param name="cancellationToken">Stops between two pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or size out of range.</exception>
    public static void WriteLabelDataset(
        string folder,
        int trainCount,
        int validationCount,
        int size = 128,
        long seed = 1,
        CancellationToken cancellationToken = default
    )
    {
        Write(
            folder,
            trainCount,
            validationCount,
            size,
            cancellationToken,
            (i, part, name) =>
            {
                var (aerial, labels, instances) = CreateLabels(seed + i, size);
                string below = Path.Combine(folder, "instances", part);
                NewFolder.Make(below);
                ImageEncoder.Save(instances, Path.Combine(below, name));
                ImageEncoder.Save(RgbImage.JoinPair(aerial, labels), Path.Combine(folder, part, name));
            }
        );
        AtomicFile.WriteText(
            Path.Combine(folder, "palette.txt"),
            string.Concat(LabelPainter.Palette.Select(line => line + "\n"))
        );
    }

    // A pair has its number, the part that it is of, and the name of its file.
    private static void Write(
        string folder,
        int trainCount,
        int validationCount,
        int size,
        CancellationToken cancellationToken,
        Action<int, string, string> write
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(trainCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(validationCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        if (validationCount > 0)
            NewFolder.Check(Path.Combine(folder, "val"));
        NewFolder.Make(Path.Combine(folder, "train"));
        if (validationCount > 0)
            NewFolder.Make(Path.Combine(folder, "val"));
        AllCores.For(
            trainCount + validationCount,
            cancellationToken,
            i =>
            {
                var (part, number) = i < trainCount ? ("train", i + 1) : ("val", i - trainCount + 1);
                write(i, part, number.ToString("D4", CultureInfo.InvariantCulture) + ".png");
            }
        );
    }
}
