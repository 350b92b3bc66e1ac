namespace MlNetImageTranslation.Datasets;

/// <summary>A scene sampled at every pixel of a square raster.</summary>
internal sealed class SceneRaster
{
    private const float SidewalkWidth = 1.1f;

    public SceneRaster(Scene scene, int size, float[] forestNoise)
    {
        Size = size;
        UnitsPerPixel = Scene.Side / size;
        var count = size * size;
        Cover = new GroundCover[count];
        Blocks = new Block[count];
        Buildings = new Building?[count];
        U = new float[count];
        V = new float[count];
        Across = new float[count];
        Along = new float[count];
        HalfWidth = new float[count];
        Shore = new float[count];
        for (var y = 0; y < size; y++)
        for (var x = 0; x < size; x++)
            Sample(
                scene,
                (x + 0.5f) * UnitsPerPixel,
                (y + 0.5f) * UnitsPerPixel,
                y * size + x,
                forestNoise[y * size + x]
            );
    }

    public int Size { get; }

    public float UnitsPerPixel { get; }

    public GroundCover[] Cover { get; }

    public Block[] Blocks { get; }

    public Building?[] Buildings { get; }

    /// <summary>Grid coordinates of every pixel.</summary>
    public float[] U { get; }

    /// <summary>Grid coordinates of every pixel.</summary>
    public float[] V { get; }

    /// <summary>On streets: signed distance from the middle of the street, in scene units.</summary>
    public float[] Across { get; }

    /// <summary>On streets: position along it.</summary>
    public float[] Along { get; }

    /// <summary>On streets: half of the carriageway.</summary>
    public float[] HalfWidth { get; }

    /// <summary>Distance to the nearest shore, negative in water.</summary>
    public float[] Shore { get; }

    /// <summary>On fields: between -1 in a furrow and 1 on a ridge.</summary>
    public float FurrowAt(int i)
    {
        var (sin, cos) = MathF.SinCos(Blocks[i].FurrowAngle);
        return MathF.Sin((U[i] * cos + V[i] * sin) * 2.6f);
    }

    private void Sample(Scene scene, float x, float y, int i, float forestNoise)
    {
        var (u, v) = scene.Grid.ToGrid(x, y);
        var (column, row) = scene.Grid.BlockAt(u, v);
        var block = scene.BlockAt(column, row);
        (U[i], V[i], Blocks[i], Shore[i]) = (u, v, block, scene.ShoreDistance(x, y));
        var (highway, along) = scene.Highway(x, y);
        if (MathF.Abs(highway) < Scene.HighwayHalfWidth)
        {
            SetStreet(i, GroundCover.Highway, highway, along, Scene.HighwayHalfWidth);
            return;
        }
        // Avenues bridge water, side streets end at it.
        if (scene.Grid.StreetAt(u, v, column, row) is { } street && (street.Line.IsAvenue || Shore[i] > 1.5f))
        {
            SetStreet(
                i,
                street.Line.IsAvenue ? GroundCover.Avenue : GroundCover.Street,
                street.Distance,
                street.Along,
                street.Line.HalfWidth
            );
            return;
        }
        if (Shore[i] < 0)
        {
            Cover[i] = GroundCover.Water;
            return;
        }
        if (block.BuildingAt(u, v) is { } building)
        {
            (Cover[i], Buildings[i]) = (GroundCover.Building, building);
            return;
        }
        if (
            block.Kind is not (BlockKind.Park or BlockKind.Field)
            && scene.Grid.StreetAt(u, v, column, row, SidewalkWidth) is not null
        )
        {
            Cover[i] = GroundCover.Sidewalk;
            return;
        }
        var wooded = forestNoise > scene.ForestLevel && block.Kind is BlockKind.Park or BlockKind.Field;
        Cover[i] = wooded
            ? GroundCover.Forest
            : block.Kind switch
            {
                BlockKind.Park => GroundCover.Park,
                BlockKind.Field => GroundCover.Field,
                BlockKind.Commercial or BlockKind.Parking => GroundCover.Paving,
                _ => GroundCover.Yard,
            };
    }

    private void SetStreet(int i, GroundCover cover, float across, float along, float halfWidth) =>
        (Cover[i], Across[i], Along[i], HalfWidth[i]) = (cover, across, along, halfWidth);
}
