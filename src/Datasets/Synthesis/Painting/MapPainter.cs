namespace MlNetImageTranslation.Datasets;

/// <summary>
/// The map of a scene in the manner of a printed survey map: every kind of ground has a hatching of its own on the
/// pixel grid, streets are white, avenues yellow and motorways orange with a thin casing, houses outlined. Hatching is
/// what a table of colours cannot draw.
/// </summary>
internal static class MapPainter
{
    private const float CasingWidth = 0.5f;

    /// <param name="raster">The scene.</param>
    /// <param name="scale">Pixels of the raster for one of the finished map; the hatching's lines are two finished
    /// pixels wide.</param>
    public static ColorRaster Paint(SceneRaster raster, int scale)
    {
        var map = new ColorRaster(raster.Size);
        for (var i = 0; i < raster.Cover.Length; i++)
            map[i] = ColorAt(raster, i, i % raster.Size / scale, i / raster.Size / scale);
        return map;
    }

    private static (float R, float G, float B) ColorAt(SceneRaster raster, int i, int x, int y)
    {
        var casing = raster.HalfWidth[i] - MathF.Abs(raster.Across[i]) < CasingWidth;
        return raster.Cover[i] switch
        {
            GroundCover.Water => IsLine(y) ? (80, 140, 214) : (176, 212, 248),
            GroundCover.Park or GroundCover.Forest => IsLine(x + y) ? (112, 172, 84) : (206, 236, 180),
            GroundCover.Building => IsWall(raster, i) ? (110, 92, 82)
            : IsLine(x - y) ? (120, 98, 86)
            : (214, 200, 190),
            GroundCover.Field => IsLine(x) ? (198, 178, 118) : (250, 240, 206),
            GroundCover.Street => (255, 255, 255),
            GroundCover.Avenue => casing ? (232, 196, 110) : (255, 228, 146),
            GroundCover.Highway => casing ? (214, 140, 76)
            : MathF.Abs(raster.Across[i]) < 0.4f ? (255, 222, 176)
            : (248, 180, 112),
            _ => IsLine(x) == IsLine(y) ? (186, 174, 154) : (252, 248, 240),
        };
    }

    private static bool IsLine(int position) => (position & 3) < 2;

    private static bool IsWall(SceneRaster raster, int i) =>
        raster.Buildings[i]!.Inside(raster.U[i], raster.V[i]) < 0.45f;
}
