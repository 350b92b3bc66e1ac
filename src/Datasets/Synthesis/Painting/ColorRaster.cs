using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>A square raster of float colours on the scale 0..255, not clamped.</summary>
internal sealed class ColorRaster(int size)
{
    public int Size { get; } = size;

    public float[] R { get; } = new float[size * size];

    public float[] G { get; } = new float[size * size];

    public float[] B { get; } = new float[size * size];

    public (float R, float G, float B) this[int i]
    {
        get => (R[i], G[i], B[i]);
        set => (R[i], G[i], B[i]) = value;
    }

    public void Scale(int i, float r, float g, float b)
    {
        R[i] *= r;
        G[i] *= g;
        B[i] *= b;
    }

    /// <summary>The mean of every square of <paramref name="factor"/> pixels.</summary>
    public ColorRaster Shrink(int factor)
    {
        var result = new ColorRaster(Size / factor);
        Shrink(R, result.R, factor);
        Shrink(G, result.G, factor);
        Shrink(B, result.B, factor);
        return result;
    }

    public RgbImage ToImage()
    {
        var image = new RgbImage(Size, Size);
        for (var i = 0; i < R.Length; i++)
        {
            image.Pixels[3 * i] = ToByte(R[i]);
            image.Pixels[3 * i + 1] = ToByte(G[i]);
            image.Pixels[3 * i + 2] = ToByte(B[i]);
        }
        return image;
    }

    private void Shrink(float[] source, float[] target, int factor)
    {
        var size = Size / factor;
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var sum = 0f;
                for (var dy = 0; dy < factor; dy++)
                for (var dx = 0; dx < factor; dx++)
                    sum += source[(y * factor + dy) * Size + x * factor + dx];
                target[y * size + x] = sum / (factor * factor);
            }
        }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0f, 255f);
}
