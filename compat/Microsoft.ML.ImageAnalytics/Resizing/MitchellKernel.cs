namespace Microsoft.ML.Transforms.Image;

/// <summary>Mitchell and Netravali's cubic with B = C = 1/3 over the four nearest source pixels.</summary>
internal static class MitchellKernel
{
    public static void Taps(int position, int size, int sourceSize, Span<int> indices, Span<float> weights)
    {
        var centre = (position + 0.5f) * sourceSize / size - 0.5f;
        var first = (int)MathF.Floor(centre) - 1;
        for (var i = 0; i < 4; i++)
        {
            indices[i] = Math.Clamp(first + i, 0, sourceSize - 1);
            weights[i] = Weight(MathF.Abs(centre - (first + i)));
        }
    }

    private static float Weight(float x)
        => x < 1 ? (7 * x * x * x - 12 * x * x + 16f / 3) / 6 : x < 2 ? (-7f / 3 * x * x * x + 12 * x * x - 20 * x + 32f / 3) / 6 : 0;
}
