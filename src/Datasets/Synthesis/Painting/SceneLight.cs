namespace MlNetImageTranslation.Datasets;

/// <summary>Sun and camera of one image: direction and length of shadows, colour cast, contrast, haze.</summary>
internal sealed class SceneLight
{
    public SceneLight(SceneRandom random)
    {
        // Morning to evening: shadows fall from north-west to north-east.
        var angle = random.Next(-2.6f, -0.5f);
        (SunY, SunX) = MathF.SinCos(angle + MathF.PI);
        ShadowLength = random.Next(0.5f, 1.15f);
        ShadowDepth = random.Next(0.36f, 0.58f);
        var warmth = random.Next(-0.07f, 0.07f);
        var tint = random.Next(-0.04f, 0.04f);
        var gain = random.Next(0.88f, 1.12f);
        Red = gain * (1 + warmth);
        Green = gain * (1 + tint);
        Blue = gain * (1 - warmth);
        Contrast = random.Next(0.88f, 1.12f);
        Haze = random.Next(0f, 14f);
        Grain = random.Next(1f, 3.5f);
        GradientX = random.Next(-0.06f, 0.06f);
        GradientY = random.Next(-0.06f, 0.06f);
    }

    /// <summary>Towards the sun, a unit vector on the ground.</summary>
    public float SunX { get; }

    /// <summary>Towards the sun, a unit vector on the ground.</summary>
    public float SunY { get; }

    /// <summary>Shadow length over height.</summary>
    public float ShadowLength { get; }

    /// <summary>Brightness in the shade.</summary>
    public float ShadowDepth { get; }

    public float Red { get; }

    public float Green { get; }

    public float Blue { get; }

    public float Contrast { get; }

    public float Haze { get; }

    public float Grain { get; }

    public float GradientX { get; }

    public float GradientY { get; }
}
