namespace MlNetImageTranslation.Datasets;

/// <summary>Cars on streets and car parks, aligned with the lane or the bay.</summary>
internal static class CarPainter
{
    private const float Length = 2.1f,
        Width = 1.0f; // scene units

    public static void Paint(
        ColorRaster image,
        SceneRaster raster,
        Scene scene,
        SceneRandom random,
        ShadowCaster shadows
    )
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            float x = random.Next(0f, raster.Size),
                y = random.Next(0f, raster.Size);
            var draw = random.Next();
            var color = Color(random);
            var i = (int)y * raster.Size + (int)x;
            var chance = raster.Cover[i] switch
            {
                GroundCover.Paving => 0.75f,
                GroundCover.Highway => MathF.Abs(raster.Across[i]) is > 1.2f and < 4.4f ? 0.5f : 0,
                GroundCover.Avenue or GroundCover.Street => raster.HalfWidth[i] - MathF.Abs(raster.Across[i])
                    is > 0.5f
                        and < 1.6f
                    ? 0.5f
                    : 0,
                _ => 0,
            };
            if (draw >= chance)
                continue;
            // The direction of +u in the scene, by a small step; cars stand along u or v.
            var (ax, ay) = scene.Grid.ToScene(raster.U[i], raster.V[i]);
            var (bx, by) = scene.Grid.ToScene(raster.U[i] + 0.5f, raster.V[i]);
            float dx = (bx - ax) / 0.5f,
                dy = (by - ay) / 0.5f;
            if (random.Chance(0.5f))
                (dx, dy) = (-dy, dx);
            Fill(image, raster, x, y, dx, dy, color, shadows);
        }
    }

    private static void Fill(
        ColorRaster image,
        SceneRaster raster,
        float x,
        float y,
        float dx,
        float dy,
        (float R, float G, float B) color,
        ShadowCaster shadows
    )
    {
        var reach = (int)(Length / raster.UnitsPerPixel) + 1;
        shadows.CastDisc(x + 1, y + 1, 0.6f / raster.UnitsPerPixel);
        for (var py = Math.Max(0, (int)y - reach); py <= Math.Min(image.Size - 1, (int)y + reach); py++)
        {
            for (var px = Math.Max(0, (int)x - reach); px <= Math.Min(image.Size - 1, (int)x + reach); px++)
            {
                float ox = (px + 0.5f - x) * raster.UnitsPerPixel,
                    oy = (py + 0.5f - y) * raster.UnitsPerPixel;
                if (MathF.Abs(ox * dx + oy * dy) > Length / 2 || MathF.Abs(oy * dx - ox * dy) > Width / 2)
                    continue;
                image[py * image.Size + px] = color;
            }
        }
    }

    private static (float R, float G, float B) Color(SceneRandom random) =>
        random.Next(6) switch
        {
            0 => (214, 214, 216),
            1 => (54, 56, 60),
            2 => (160, 48, 44),
            3 => (60, 84, 138),
            4 => (182, 184, 188),
            _ => (116, 118, 122),
        };
}
