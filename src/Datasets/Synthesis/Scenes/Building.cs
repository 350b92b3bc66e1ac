namespace MlNetImageTranslation.Datasets;

/// <summary>A rectangle of roof in grid coordinates.</summary>
internal sealed record Building
{
    public required float U1 { get; init; }
    public required float V1 { get; init; }
    public required float U2 { get; init; }
    public required float V2 { get; init; }

    /// <summary>In scene units; the length of the shadow.</summary>
    public required float Height { get; init; }

    /// <summary>Roof colour before light.</summary>
    public required (float R, float G, float B) Roof { get; init; }

    /// <summary>Two slopes with a ridge along the longer side, instead of a flat roof.</summary>
    public required bool IsGabled { get; init; }

    public bool Contains(float u, float v) => u >= U1 && u < U2 && v >= V1 && v < V2;

    /// <summary>Distance to the nearest wall, inside.</summary>
    public float Inside(float u, float v) => MathF.Min(MathF.Min(u - U1, U2 - u), MathF.Min(v - V1, V2 - v));

    /// <summary>
    /// The side of the ridge: negative towards small u or v; 0 on the ridge. And whether the ridge runs along u.
    /// </summary>
    public (float Side, bool AlongU) Slope(float u, float v) =>
        U2 - U1 > V2 - V1 ? (v - (V1 + V2) / 2, true) : (u - (U1 + U2) / 2, false);
}
