using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Getters of vectors of pixels: (pixel - offset) * scale; zeros where there is no image.</summary>
internal static class PixelReader
{
    public static ValueGetter<VBuffer<float>> Floats(Func<MLImage> next, PixelExtraction options, int pixels) => (ref VBuffer<float> dst) =>
    {
        var image = next();
        var editor = VBufferEditor.Create(ref dst, pixels * options.Layout.Planes);
        if (image == null) editor.Values.Clear();
        else Floats(image, options, editor.Values);
        dst = editor.Commit();
    };

    public static ValueGetter<VBuffer<byte>> Bytes(Func<MLImage> next, PixelExtraction options, int pixels) => (ref VBuffer<byte> dst) =>
    {
        var image = next();
        var editor = VBufferEditor.Create(ref dst, pixels * options.Layout.Planes);
        if (image == null) editor.Values.Clear();
        else Bytes(image, options.Layout, editor.Values);
        dst = editor.Commit();
    };

    private static void Floats(MLImage image, PixelExtraction options, Span<float> values)
    {
        var pixels = image.Pixels;
        var (planeStride, pixelStride) = options.Layout.Strides(pixels.Length / 4);
        foreach (var (channel, plane) in Channels(image, options.Layout))
        {
            for (int source = channel, target = plane * planeStride; source < pixels.Length; source += 4, target += pixelStride)
                values[target] = (pixels[source] - options.Offset) * options.Scale;
        }
    }

    private static void Bytes(MLImage image, PixelLayout layout, Span<byte> values)
    {
        var pixels = image.Pixels;
        var (planeStride, pixelStride) = layout.Strides(pixels.Length / 4);
        foreach (var (channel, plane) in Channels(image, layout))
        {
            for (int source = channel, target = plane * planeStride; source < pixels.Length; source += 4, target += pixelStride)
                values[target] = pixels[source];
        }
    }

    /// <summary>For every colour wanted its byte within a pixel and its plane in the vector.</summary>
    private static IEnumerable<(int Channel, int Plane)> Channels(MLImage image, PixelLayout layout)
    {
        var blueFirst = image.PixelFormat == MLPixelFormat.Bgra32;
        (int, int)[] all = [(3, layout.Alpha), (blueFirst ? 2 : 0, layout.Red), (1, layout.Green), (blueFirst ? 0 : 2, layout.Blue)];
        return all.Where(c => c.Item2 >= 0);
    }
}
