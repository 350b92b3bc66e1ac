using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Makes pairs of an aerial photograph and its street map out of nothing but a seed. Colour alone does not solve them:
/// roofs have the colours of streets, water and soil, fields are as green as parks, car parks as gray as streets,
/// shadows as dark as water, and every image has its own colour cast; a translator must see shapes and textures.
/// </summary>
public static partial class AerialMapSynthesizer
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
}
