namespace MlNetImageTranslation.Imaging;

/// <summary>The strokes of one character, moved to the left edge.</summary>
internal sealed class Glyph
{
    public Glyph(string strokes)
    {
        var lines = Array.ConvertAll(strokes.Split(' ', StringSplitOptions.RemoveEmptyEntries), Points);
        var left = lines.SelectMany(points => points).Select(p => p.X).DefaultIfEmpty(0).Min();
        Width = lines.SelectMany(points => points).Select(p => p.X - left).DefaultIfEmpty(1.5f).Max();
        Segments =
        [
            .. lines
                .SelectMany(points => points.Zip(points.Skip(1)))
                .Select(s => new Segment(s.First.X - left, s.First.Y, s.Second.X - left, s.Second.Y)),
        ];
    }

    /// <summary>Grid columns from the left-most to the right-most point.</summary>
    public float Width { get; }

    public Segment[] Segments { get; }

    private static (float X, float Y)[] Points(string digits) =>
        [
            .. Enumerable
                .Range(0, digits.Length / 2)
                .Select(i => ((float)(digits[2 * i] - '0'), (float)(digits[2 * i + 1] - '0'))),
        ];

    public readonly record struct Segment(float X1, float Y1, float X2, float Y2)
    {
        public float DistanceTo(float x, float y)
        {
            float dx = X2 - X1,
                dy = Y2 - Y1;
            var length = dx * dx + dy * dy;
            var along = length == 0 ? 0 : Math.Clamp(((x - X1) * dx + (y - Y1) * dy) / length, 0, 1);
            return MathF.Sqrt(Square(x - X1 - along * dx) + Square(y - Y1 - along * dy));
        }

        private static float Square(float value) => value * value;
    }
}
