namespace MlNetImageTranslation.Imaging;

/// <summary>
/// The street map of a scene: flat colours, white streets, yellow avenues and orange motorways with a thin casing, outlined houses
/// with their ridges, a dot for each tree, a hatching along the furrows.
/// </summary>
internal static class MapPainter
{
    private const float CasingWidth = 0.5f;

    public static ColorRaster Paint(SceneRaster raster, IReadOnlyList<Tree> trees)
    {
        var map = new ColorRaster(raster.Size);
        for (var i = 0; i < raster.Cover.Length; i++) map[i] = ColorAt(raster, i);
        foreach (var tree in trees) PaintTree(map, raster, tree);
        return map;
    }

    private static (float R, float G, float B) ColorAt(SceneRaster raster, int i)
    {
        var casing = raster.HalfWidth[i] - MathF.Abs(raster.Across[i]) < CasingWidth;
        return raster.Cover[i] switch
        {
            GroundCover.Water => (136, 186, 238),
            GroundCover.Park or GroundCover.Forest => (176, 219, 146),
            GroundCover.Building => IsRoofLine(raster, i) ? (170, 156, 142) : (197, 184, 170),
            GroundCover.Field => raster.FurrowAt(i) > 0.2f ? (222, 214, 194) : (240, 236, 227),
            GroundCover.Street => (255, 255, 255),
            GroundCover.Avenue => casing ? (232, 184, 78) : (255, 216, 108),
            GroundCover.Highway => casing ? (206, 122, 52) : MathF.Abs(raster.Across[i]) < 0.4f ? (255, 214, 160) : (244, 158, 80),
            _ => (240, 236, 227),
        };
    }

    private static bool IsRoofLine(SceneRaster raster, int i)
    {
        var building = raster.Buildings[i]!;
        float u = raster.U[i], v = raster.V[i];
        return building.Inside(u, v) < 0.45f || (building.IsGabled && MathF.Abs(building.Slope(u, v).Side) < 0.3f);
    }

    private static void PaintTree(ColorRaster map, SceneRaster raster, Tree tree)
    {
        var radius = tree.Radius * 0.7f;
        int left = Math.Max(0, (int)(tree.X - radius)), right = Math.Min(map.Size - 1, (int)(tree.X + radius));
        int top = Math.Max(0, (int)(tree.Y - radius)), bottom = Math.Min(map.Size - 1, (int)(tree.Y + radius));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                float dx = x - tree.X, dy = y - tree.Y;
                var i = y * map.Size + x;
                if (dx * dx + dy * dy > radius * radius || raster.Cover[i] is not (GroundCover.Park or GroundCover.Forest or GroundCover.Yard)) continue;
                map[i] = raster.Cover[i] == GroundCover.Yard ? (196, 224, 172) : (142, 194, 112);
            }
        }
    }
}
