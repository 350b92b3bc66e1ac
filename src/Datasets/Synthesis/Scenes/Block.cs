namespace MlNetImageTranslation.Datasets;

/// <summary>One block of the street grid: its use, its buildings, the direction of its furrows.</summary>
internal sealed class Block(BlockKind kind, Building[] buildings, float shade, float furrowAngle)
{
    public BlockKind Kind { get; } = kind;

    public Building[] Buildings { get; } = buildings;

    /// <summary>In [-1, 1): how this block's ground differs from others of its kind.</summary>
    public float Shade { get; } = shade;

    public float FurrowAngle { get; } = furrowAngle;

    public Building? BuildingAt(float u, float v)
    {
        foreach (var building in Buildings)
            if (building.Contains(u, v))
                return building;
        return null;
    }
}
