namespace MlNetImageTranslation.Datasets;

/// <summary>A crown seen from above, in pixels of the raster.</summary>
internal readonly record struct Tree(float X, float Y, float Radius, float Tone, float Warmth)
{
    /// <summary>Draws trees on a jittered lattice, as many as the ground bears.</summary>
    public static List<Tree> PlantAll(SceneRaster raster, SceneRandom random)
    {
        const float Spacing = 2.7f;
        var trees = new List<Tree>();
        var lattice = (int)(Scene.Side / Spacing) + 1;
        float tone = random.Next(0.85f, 1.1f),
            streetTrees = random.Next(0f, 0.18f),
            gardenTrees = random.Next(0.03f, 0.12f);
        for (var row = 0; row < lattice; row++)
        {
            for (var column = 0; column < lattice; column++)
            {
                float x = (column + random.Next()) * Spacing / raster.UnitsPerPixel,
                    y = (row + random.Next()) * Spacing / raster.UnitsPerPixel;
                float draw = random.Next(),
                    size = random.Next(),
                    light = random.Next(-0.16f, 0.16f),
                    warmth = random.Next(-1f, 1f);
                if (x >= raster.Size || y >= raster.Size)
                    continue;
                var i = (int)y * raster.Size + (int)x;
                var density = raster.Cover[i] switch
                {
                    GroundCover.Forest => 0.97f,
                    GroundCover.Park => 0.17f,
                    GroundCover.Yard => gardenTrees,
                    GroundCover.Paving => 0.02f,
                    GroundCover.Street
                    or GroundCover.Avenue when raster.HalfWidth[i] - MathF.Abs(raster.Across[i]) < 0.5f => streetTrees,
                    _ => 0,
                };
                if (draw < density)
                    trees.Add(new Tree(x, y, (1.1f + 1.1f * size) / raster.UnitsPerPixel, tone + light, warmth));
            }
        }
        return trees;
    }

    /// <summary>Paints the crown as a ball with leaves, lit from the sun's side.</summary>
    public void Paint(ColorRaster image, SceneLight light, float[] leaves)
    {
        int left = Math.Max(0, (int)(X - Radius)),
            right = Math.Min(image.Size - 1, (int)(X + Radius));
        int top = Math.Max(0, (int)(Y - Radius)),
            bottom = Math.Min(image.Size - 1, (int)(Y + Radius));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                float dx = (x - X) / Radius,
                    dy = (y - Y) / Radius;
                var i = y * image.Size + x;
                if (dx * dx + dy * dy > 1 + 0.35f * leaves[i])
                    continue;
                var brightness = Tone * (0.78f + 0.34f * (dx * light.SunX + dy * light.SunY) + 0.20f * leaves[i]);
                image[i] = ((66 + 8 * Warmth) * brightness, (88 + 3 * Warmth) * brightness, 48 * brightness);
            }
        }
    }
}
