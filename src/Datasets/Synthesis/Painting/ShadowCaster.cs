namespace MlNetImageTranslation.Datasets;

/// <summary>Finds the pixels that lie in the shade of buildings and trees.</summary>
internal sealed class ShadowCaster(SceneRaster raster, SceneLight light)
{
    public bool[] Shade { get; } = new bool[raster.Cover.Length];

    public void CastBuildings()
    {
        for (var y = 0; y < raster.Size; y++)
        {
            for (var x = 0; x < raster.Size; x++)
            {
                if (raster.Buildings[y * raster.Size + x] is not { } building)
                    continue;
                var reach = building.Height * light.ShadowLength / raster.UnitsPerPixel;
                for (var step = 1f; step <= reach; step++)
                    Darken((int)(x - light.SunX * step), (int)(y - light.SunY * step), building);
            }
        }
    }

    public void CastDisc(float x, float y, float radius)
    {
        var reach = (int)radius;
        for (var dy = -reach; dy <= reach; dy++)
        for (var dx = -reach; dx <= reach; dx++)
            if (dx * dx + dy * dy <= radius * radius)
                Darken((int)x + dx, (int)y + dy, null);
    }

    // A building's shadow falls on its own roof nowhere, and on a taller one not at all.
    private void Darken(int x, int y, Building? from)
    {
        if ((uint)x >= (uint)raster.Size || (uint)y >= (uint)raster.Size)
            return;
        var i = y * raster.Size + x;
        if (raster.Buildings[i] is { } other && (from is null || other.Height + 1 >= from.Height))
            return;
        Shade[i] = true;
    }
}
