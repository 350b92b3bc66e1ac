namespace MlNetImageTranslation.Datasets;

/// <summary>
/// A winding line across the scene (a river, a motorway): a sum of two waves around a straight axis, in scene units.
/// </summary>
internal sealed class Curve
{
    private readonly float _cos,
        _sin,
        _originX,
        _originY,
        _amplitude1,
        _amplitude2,
        _frequency1,
        _frequency2,
        _phase1,
        _phase2;

    public Curve(SceneRandom random, float side, float windiness)
    {
        var angle = random.Next(0f, MathF.PI);
        (_sin, _cos) = MathF.SinCos(angle);
        _originX = side * random.Next(0.2f, 0.8f);
        _originY = side * random.Next(0.2f, 0.8f);
        _amplitude1 = windiness * random.Next(4f, 14f);
        _amplitude2 = windiness * random.Next(1f, 4f);
        _frequency1 = MathF.Tau / random.Next(110f, 200f);
        _frequency2 = MathF.Tau / random.Next(45f, 80f);
        _phase1 = random.Next(0f, MathF.Tau);
        _phase2 = random.Next(0f, MathF.Tau);
    }

    /// <summary>The signed distance to the line, to first order, and the position along it.</summary>
    public (float Distance, float Along) Locate(float x, float y)
    {
        float dx = x - _originX,
            dy = y - _originY;
        var along = dx * _cos + dy * _sin;
        var across = dy * _cos - dx * _sin;
        var (sin1, cos1) = MathF.SinCos(along * _frequency1 + _phase1);
        var (sin2, cos2) = MathF.SinCos(along * _frequency2 + _phase2);
        var slope = _amplitude1 * _frequency1 * cos1 + _amplitude2 * _frequency2 * cos2;
        return ((across - _amplitude1 * sin1 - _amplitude2 * sin2) / MathF.Sqrt(1 + slope * slope), along);
    }
}
