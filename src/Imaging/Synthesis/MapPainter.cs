namespace MlNetImageTranslation.Imaging;

/// <summary>The street map of a scene: flat colours, white streets, yellow avenues and orange motorways with a thin casing.</summary>
internal static class MapPainter
{
    private const float CasingWidth = 0.5f;

    public static ColorRaster Paint(SceneRaster raster)
    {
        var map = new ColorRaster(raster.Size);
        for (var i = 0; i < raster.Cover.Length; i++) map[i] = ColorAt(raster, i);
        return map;
    }

    private static (float R, float G, float B) ColorAt(SceneRaster raster, int i)
    {
        var casing = raster.HalfWidth[i] - MathF.Abs(raster.Across[i]) < CasingWidth;
        return raster.Cover[i] switch
        {
            GroundCover.Water => (136, 186, 238),
            GroundCover.Park or GroundCover.Forest => (176, 219, 146),
            GroundCover.Building => (197, 184, 170),
            GroundCover.Street => (255, 255, 255),
            GroundCover.Avenue => casing ? (232, 184, 78) : (255, 216, 108),
            GroundCover.Highway => casing ? (206, 122, 52) : MathF.Abs(raster.Across[i]) < 0.4f ? (255, 214, 160) : (244, 158, 80),
            _ => (240, 236, 227),
        };
    }
}
