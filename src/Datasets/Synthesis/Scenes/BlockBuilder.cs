namespace MlNetImageTranslation.Datasets;

/// <summary>Fills a block with buildings according to its use.</summary>
internal static class BlockBuilder
{
    private const float Setback = 1.6f; // from the kerb to the first wall

    /// <param name="random">The block's own generator.</param>
    /// <param name="kind">Its use.</param>
    /// <param name="bounds">The block between the kerbs, in grid coordinates.</param>
    public static Building[] Build(SceneRandom random, BlockKind kind, (float U1, float V1, float U2, float V2) bounds)
    {
        var buildings = new List<Building>();
        var (u1, v1, u2, v2) = (bounds.U1 + Setback, bounds.V1 + Setback, bounds.U2 - Setback, bounds.V2 - Setback);
        if (u2 - u1 < 5 || v2 - v1 < 5)
            return [];
        switch (kind)
        {
            case BlockKind.Residential:
                Houses(random, buildings, u1, v1, u2, v2);
                break;
            case BlockKind.Dense:
                Ring(random, buildings, u1, v1, u2, v2);
                break;
            case BlockKind.Commercial:
                Halls(random, buildings, u1, v1, u2, v2);
                break;
        }
        return [.. buildings];
    }

    private static void Houses(SceneRandom random, List<Building> buildings, float u1, float v1, float u2, float v2)
    {
        float width = u2 - u1,
            depth = v2 - v1;
        var lot = random.Next(10f, 13.5f);
        if (Math.Max(width, depth) > 1.55f * lot)
        {
            var share = random.Next(0.4f, 0.6f);
            if (width > depth)
            {
                Houses(random, buildings, u1, v1, u1 + width * share, v2);
                Houses(random, buildings, u1 + width * share, v1, u2, v2);
            }
            else
            {
                Houses(random, buildings, u1, v1, u2, v1 + depth * share);
                Houses(random, buildings, u1, v1 + depth * share, u2, v2);
            }
            return;
        }
        if (random.Chance(0.12f))
            return; // an empty lot
        float left = random.Next(1f, 2.6f),
            right = random.Next(1f, 2.6f),
            top = random.Next(1f, 2.6f),
            bottom = random.Next(1f, 2.6f);
        var house = new Building
        {
            U1 = u1 + left,
            V1 = v1 + top,
            U2 = u2 - right,
            V2 = v2 - bottom,
            Height = random.Next(2f, 3.2f),
            Roof = RoofColors.Draw(random, isHouse: true),
            IsGabled = random.Chance(0.8f),
        };
        if (house.U2 - house.U1 < 4 || house.V2 - house.V1 < 4)
            return;
        buildings.Add(house);
    }

    private static void Ring(SceneRandom random, List<Building> buildings, float u1, float v1, float u2, float v2)
    {
        var depth = random.Next(5.5f, 7.5f);
        if (u2 - u1 < 2 * depth + 3 || v2 - v1 < 2 * depth + 3)
        {
            Add(random, buildings, u1, v1, u2, v2, random.Next(4f, 7f), gabled: false);
            return;
        }
        Row(random, buildings, u1, u2, (a, b, r, h) => Add(r, buildings, a, v1, b, v1 + depth, h, r.Chance(0.5f)));
        Row(random, buildings, u1, u2, (a, b, r, h) => Add(r, buildings, a, v2 - depth, b, v2, h, r.Chance(0.5f)));
        Row(
            random,
            buildings,
            v1 + depth,
            v2 - depth,
            (a, b, r, h) => Add(r, buildings, u1, a, u1 + depth, b, h, r.Chance(0.5f))
        );
        Row(
            random,
            buildings,
            v1 + depth,
            v2 - depth,
            (a, b, r, h) => Add(r, buildings, u2 - depth, a, u2, b, h, r.Chance(0.5f))
        );
    }

    private static void Row(
        SceneRandom random,
        List<Building> buildings,
        float from,
        float to,
        Action<float, float, SceneRandom, float> add
    )
    {
        for (var at = from; at < to - 3; )
        {
            var next = Math.Min(to, at + random.Next(7f, 13f));
            if (to - next < 4)
                next = to;
            if (!random.Chance(0.1f))
                add(at, next, random, random.Next(3.5f, 6f));
            at = next;
        }
    }

    private static void Halls(SceneRandom random, List<Building> buildings, float u1, float v1, float u2, float v2)
    {
        float width = u2 - u1,
            depth = v2 - v1;
        var height = random.Next(3f, 6f);
        // The rest of the block is its car park.
        if (random.Chance(0.5f))
            Add(random, buildings, u1, v1, u1 + width * random.Next(0.45f, 0.75f), v2, height, gabled: false);
        else
            Add(random, buildings, u1, v1, u2, v1 + depth * random.Next(0.4f, 0.7f), height, gabled: false);
        if (width > 18 && depth > 18 && random.Chance(0.7f))
            Add(random, buildings, u2 - width * 0.24f, v2 - depth * 0.24f, u2, v2, random.Next(3f, 8f), gabled: false);
    }

    private static void Add(
        SceneRandom random,
        List<Building> buildings,
        float u1,
        float v1,
        float u2,
        float v2,
        float height,
        bool gabled
    ) =>
        buildings.Add(
            new Building
            {
                U1 = u1,
                V1 = v1,
                U2 = u2,
                V2 = v2,
                Height = height,
                Roof = RoofColors.Draw(random, isHouse: gabled),
                IsGabled = gabled,
            }
        );
}
