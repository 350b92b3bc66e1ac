namespace MlNetImageTranslation.Datasets;

/// <summary>One line of the street grid.</summary>
/// <param name="Position">Where it runs, in grid coordinates.</param>
/// <param name="HalfWidth">Half of the carriageway, in scene units.</param>
/// <param name="IsAvenue">A main street: it is never interrupted and bridges water.</param>
internal readonly record struct StreetLine(float Position, float HalfWidth, bool IsAvenue)
{
    /// <summary>Lines from -reach to reach with random distances.</summary>
    public static StreetLine[] CreateAll(SceneRandom random, float reach, float spacing)
    {
        var lines = new List<StreetLine>();
        var position = -reach - random.Next(0f, spacing);
        var toAvenue = random.Next(4);
        while (position < reach + 2 * spacing)
        {
            var avenue = toAvenue-- == 0;
            if (avenue)
                toAvenue = 2 + random.Next(3);
            lines.Add(new StreetLine(position, avenue ? random.Next(3.2f, 4.0f) : random.Next(1.9f, 2.4f), avenue));
            position += spacing * random.Next(0.75f, 1.4f);
        }
        return [.. lines];
    }
}
