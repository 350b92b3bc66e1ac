namespace MlNetImageTranslation.Datasets;

/// <summary>
/// A turned and bent grid of streets. Grid coordinates (u, v) are scene coordinates after rotation and two waves, so
/// that straight grid lines are curved streets, and a block is a rectangle in (u, v).
/// </summary>
internal sealed class StreetGrid
{
    private const float Resolution = 4; // look-up entries a scene unit

    private readonly float _cos,
        _sin,
        _center,
        _bendU,
        _bendV,
        _frequencyU,
        _frequencyV,
        _phaseU,
        _phaseV,
        _reach;
    private readonly int[] _columnOf,
        _rowOf;
    private readonly bool[] _columnSegments,
        _rowSegments;

    public StreetGrid(SceneRandom random, float side, float spacing, float interrupted)
    {
        (_sin, _cos) = MathF.SinCos(random.Next(0f, MathF.PI / 2));
        _center = side / 2;
        _reach = side * 0.85f + 12;
        _bendU = random.Chance(0.3f) ? 0 : random.Next(2f, 9f);
        _bendV = random.Chance(0.3f) ? 0 : random.Next(2f, 9f);
        _frequencyU = MathF.Tau / random.Next(100f, 180f);
        _frequencyV = MathF.Tau / random.Next(100f, 180f);
        _phaseU = random.Next(0f, MathF.Tau);
        _phaseV = random.Next(0f, MathF.Tau);
        Columns = StreetLine.CreateAll(random, _reach, spacing);
        Rows = StreetLine.CreateAll(random, _reach, spacing * random.Next(0.8f, 1.2f));
        _columnOf = Index(Columns);
        _rowOf = Index(Rows);
        // A side street may be missing between two crossings.
        _columnSegments = new bool[Columns.Length * Rows.Length];
        _rowSegments = new bool[Columns.Length * Rows.Length];
        for (var i = 0; i < _columnSegments.Length; i++)
        {
            _columnSegments[i] = !random.Chance(interrupted);
            _rowSegments[i] = !random.Chance(interrupted);
        }
    }

    public StreetLine[] Columns { get; }

    public StreetLine[] Rows { get; }

    public (float U, float V) ToGrid(float x, float y)
    {
        float dx = x - _center,
            dy = y - _center;
        float p = dx * _cos + dy * _sin,
            q = dy * _cos - dx * _sin;
        return (p + _bendU * MathF.Sin(q * _frequencyU + _phaseU), q + _bendV * MathF.Sin(p * _frequencyV + _phaseV));
    }

    /// <summary>The inverse of <see cref="ToGrid"/>, by iteration.</summary>
    public (float X, float Y) ToScene(float u, float v)
    {
        float p = u,
            q = v;
        for (var i = 0; i < 8; i++)
            (p, q) = (
                u - _bendU * MathF.Sin(q * _frequencyU + _phaseU),
                v - _bendV * MathF.Sin(p * _frequencyV + _phaseV)
            );
        return (p * _cos - q * _sin + _center, p * _sin + q * _cos + _center);
    }

    /// <summary>The block (column, row) between lines column and column + 1, row and row + 1.</summary>
    public (int Column, int Row) BlockAt(float u, float v) => (Look(_columnOf, u), Look(_rowOf, v));

    /// <summary>
    /// The street at a point of a block: its line, the distance to its middle, the position along it; null where there
    /// is none within its width and a margin.
    /// </summary>
    public (StreetLine Line, float Distance, float Along)? StreetAt(
        float u,
        float v,
        int column,
        int row,
        float margin = 0
    )
    {
        (StreetLine Line, float Distance, float Along)? best = null;
        Consider(
            Columns[column],
            u - Columns[column].Position,
            v,
            _columnSegments[column * Rows.Length + row],
            margin,
            ref best
        );
        Consider(
            Columns[column + 1],
            u - Columns[column + 1].Position,
            v,
            _columnSegments[(column + 1) * Rows.Length + row],
            margin,
            ref best
        );
        Consider(Rows[row], v - Rows[row].Position, u, _rowSegments[column * Rows.Length + row], margin, ref best);
        Consider(
            Rows[row + 1],
            v - Rows[row + 1].Position,
            u,
            _rowSegments[column * Rows.Length + row + 1],
            margin,
            ref best
        );
        return best;
    }

    private static void Consider(
        StreetLine line,
        float distance,
        float along,
        bool present,
        float margin,
        ref (StreetLine Line, float Distance, float Along)? best
    )
    {
        if (MathF.Abs(distance) > line.HalfWidth + margin || !(present || line.IsAvenue))
            return;
        if (best is { } other && (other.Line.IsAvenue || !line.IsAvenue))
            return;
        best = (line, distance, along);
    }

    private int Look(int[] table, float position) =>
        table[Math.Clamp((int)((position + _reach) * Resolution), 0, table.Length - 1)];

    private int[] Index(StreetLine[] lines)
    {
        var table = new int[(int)(2 * _reach * Resolution) + 1];
        var line = 0;
        for (var i = 0; i < table.Length; i++)
        {
            var position = i / Resolution - _reach;
            while (line + 2 < lines.Length && lines[line + 1].Position <= position)
                line++;
            table[i] = line;
        }
        return table;
    }
}
