namespace MlNetImageTranslation.Datasets;

/// <summary>The aerial photograph of a scene: ground, cars, shadows, trees.</summary>
internal static class AerialPainter
{
    /// <summary>Paints at the resolution of the raster, before the camera.</summary>
    public static ColorRaster Paint(
        Scene scene,
        SceneRaster raster,
        SceneLight light,
        IReadOnlyList<Tree> trees,
        long seed
    )
    {
        var ground = new GroundPainter(raster, light, SceneRandom.For(seed, 10));
        var image = new ColorRaster(raster.Size);
        for (var i = 0; i < raster.Cover.Length; i++)
            image[i] = ground.ColorAt(i);

        var shadows = new ShadowCaster(raster, light);
        CarPainter.Paint(image, raster, scene, SceneRandom.For(seed, 11), shadows);
        shadows.CastBuildings();
        var reach = 1.6f * light.ShadowLength / raster.UnitsPerPixel;
        foreach (var tree in trees)
            shadows.CastDisc(tree.X - light.SunX * reach, tree.Y - light.SunY * reach, tree.Radius * 0.9f);
        for (var i = 0; i < shadows.Shade.Length; i++)
            if (shadows.Shade[i])
                image.Scale(i, light.ShadowDepth * 0.95f, light.ShadowDepth, light.ShadowDepth * 1.12f);

        var leaves = NoiseField.Create(
            SceneRandom.For(seed, 13),
            raster.Size,
            Math.Max(1.5f, 0.7f / raster.UnitsPerPixel)
        );
        foreach (var tree in trees)
            tree.Paint(image, light, leaves);
        return image;
    }

    /// <summary>What the camera makes of it: colour cast, uneven light, contrast, haze, grain.</summary>
    public static void Expose(ColorRaster image, SceneLight light, SceneRandom random)
    {
        for (var y = 0; y < image.Size; y++)
        {
            for (var x = 0; x < image.Size; x++)
            {
                var i = y * image.Size + x;
                var uneven =
                    1 + light.GradientX * (2f * x / image.Size - 1) + light.GradientY * (2f * y / image.Size - 1);
                var grain = light.Grain * random.NextNormal();
                var (r, g, b) = image[i];
                image[i] = (
                    Develop(r * light.Red * uneven, light) + grain,
                    Develop(g * light.Green * uneven, light) + grain,
                    Develop(b * light.Blue * uneven, light) + grain
                );
            }
        }
    }

    private static float Develop(float value, SceneLight light) =>
        (110 + (value - 110) * light.Contrast) * (1 - light.Haze / 255) + light.Haze;
}
