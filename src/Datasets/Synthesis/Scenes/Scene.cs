namespace MlNetImageTranslation.Datasets;

/// <summary>
/// A made-up piece of land: streets, blocks, water, a motorway. Coordinates run from 0 to <see cref="Side"/> whatever
/// the image size.
/// </summary>
internal sealed class Scene
{
    /// <summary>Scene units along a side; a unit is about two metres.</summary>
    public const float Side = 80;

    private readonly Block[] _blocks;
    private readonly Curve? _river,
        _highway;
    private readonly float _riverHalfWidth,
        _lakeX,
        _lakeY,
        _lakeRadius,
        _lakePhase;

    public Scene(long seed)
    {
        var random = SceneRandom.For(seed, 0);
        var urban = random.Next();
        Grid = new StreetGrid(
            SceneRandom.For(seed, 1),
            Side,
            spacing: random.Next(24f, 34f) + (urban < 0.2f ? 8 : 0),
            interrupted: urban < 0.2f ? 0.45f : 0.15f
        );
        if (random.Chance(0.6f))
        {
            _river = new Curve(SceneRandom.For(seed, 2), Side, windiness: 1);
            _riverHalfWidth = random.Chance(0.35f) ? random.Next(11f, 22f) : random.Next(5f, 10f);
        }
        if (random.Chance(0.5f))
            _highway = new Curve(SceneRandom.For(seed, 3), Side, windiness: 0.9f);
        _lakeX = random.Next(0f, Side);
        _lakeY = random.Next(0f, Side);
        _lakeRadius = random.Chance(0.35f) ? random.Next(12f, 24f) : 0;
        _lakePhase = random.Next(0f, MathF.Tau);
        ForestLevel = random.Next(0.35f, 1.1f);
        _blocks = MakeBlocks(seed, urban);
    }

    public const float HighwayHalfWidth = 5.2f;

    public StreetGrid Grid { get; }

    /// <summary>Woods grow where a noise in [-1, 1] is over this.</summary>
    public float ForestLevel { get; }

    public Block BlockAt(int column, int row) => _blocks[column * Grid.Rows.Length + row];

    /// <summary>The distance to the nearest shore, negative in water.</summary>
    public float ShoreDistance(float x, float y)
    {
        var distance = float.MaxValue;
        if (_river is not null)
        {
            var (across, along) = _river.Locate(x, y);
            distance = MathF.Abs(across) - _riverHalfWidth * (1 + 0.18f * MathF.Sin(along * 0.11f));
        }
        if (_lakeRadius > 0)
        {
            float dx = x - _lakeX,
                dy = y - _lakeY;
            var angle = MathF.Atan2(dy, dx);
            var radius =
                _lakeRadius
                * (1 + 0.16f * MathF.Sin(3 * angle + _lakePhase) + 0.08f * MathF.Sin(5 * angle - _lakePhase));
            distance = MathF.Min(distance, MathF.Sqrt(dx * dx + dy * dy) - radius);
        }
        return distance;
    }

    /// <summary>
    /// The signed distance to the middle of the motorway and the position along it; far away where there is none.
    /// </summary>
    public (float Distance, float Along) Highway(float x, float y) => _highway?.Locate(x, y) ?? (float.MaxValue, 0);

    private Block[] MakeBlocks(long seed, float urban)
    {
        var blocks = new Block[Grid.Columns.Length * Grid.Rows.Length];
        for (var column = 0; column + 1 < Grid.Columns.Length; column++)
        {
            for (var row = 0; row + 1 < Grid.Rows.Length; row++)
            {
                var index = column * Grid.Rows.Length + row;
                var random = SceneRandom.For(seed, 1000 + index);
                var kind = DrawKind(random, urban);
                StreetLine left = Grid.Columns[column],
                    right = Grid.Columns[column + 1],
                    top = Grid.Rows[row],
                    bottom = Grid.Rows[row + 1];
                var buildings = BlockBuilder.Build(
                    random,
                    kind,
                    (
                        left.Position + left.HalfWidth,
                        top.Position + top.HalfWidth,
                        right.Position - right.HalfWidth,
                        bottom.Position - bottom.HalfWidth
                    )
                );
                blocks[index] = new Block(
                    kind,
                    Array.FindAll(buildings, IsOnDryLand),
                    random.Next(-1f, 1f),
                    random.Next(0f, MathF.PI)
                );
            }
        }
        for (var i = 0; i < blocks.Length; i++)
            blocks[i] ??= new Block(BlockKind.Park, [], 0, 0);
        return blocks;
    }

    private static BlockKind DrawKind(SceneRandom random, float urban)
    {
        var draw = random.Next();
        if (urban < 0.2f) // the country
            return draw < 0.38f ? BlockKind.Field
                : draw < 0.60f ? BlockKind.Residential
                : draw < 0.88f ? BlockKind.Park
                : BlockKind.Commercial;
        if (urban < 0.6f) // suburbs
            return draw < 0.46f ? BlockKind.Residential
                : draw < 0.72f ? BlockKind.Park
                : draw < 0.87f ? BlockKind.Commercial
                : draw < 0.95f ? BlockKind.Field
                : BlockKind.Parking;
        return draw < 0.40f ? BlockKind.Dense
            : draw < 0.62f ? BlockKind.Commercial
            : draw < 0.74f ? BlockKind.Residential
            : draw < 0.95f ? BlockKind.Park
            : BlockKind.Parking;
    }

    private bool IsOnDryLand(Building building)
    {
        for (var i = 0; i < 9; i++)
        {
            var (x, y) = Grid.ToScene(
                building.U1 + (building.U2 - building.U1) * (i % 3) / 2,
                building.V1 + (building.V2 - building.V1) * (i / 3) / 2
            );
            if (ShoreDistance(x, y) < 2.5f || MathF.Abs(Highway(x, y).Distance) < HighwayHalfWidth + 2.5f)
                return false;
        }
        return true;
    }
}
