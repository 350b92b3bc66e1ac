namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Roofs in the colours of everything else: asphalt, water, bare soil; so that colour alone does not tell a house.
/// </summary>
internal static class RoofColors
{
    public static (float R, float G, float B) Draw(SceneRandom random, bool isHouse)
    {
        var light = random.Next(-12f, 12f);
        var kind = random.Next();
        if (kind < 0.40f)
            return Tone(random.Next(96f, 150f), 0, light); // asphalt gray
        if (kind < 0.55f)
            return Tone(random.Next(52f, 84f), 4, light); // dark as water
        if (isHouse && kind < 0.85f)
            return (random.Next(128f, 172f) + light, random.Next(78f, 100f) + light, random.Next(62f, 80f) + light); // tile
        if (kind < 0.93f)
            return (random.Next(120f, 150f) + light, random.Next(108f, 128f) + light, random.Next(88f, 104f) + light); // soil
        return Tone(random.Next(175f, 215f), -2, light); // bright sheet
    }

    private static (float R, float G, float B) Tone(float gray, float blue, float light) =>
        (gray + light - blue, gray + light, gray + light + blue);
}
