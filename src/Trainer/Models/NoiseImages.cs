namespace MlNetImageTranslation.Trainer;

/// <summary>Images to compare two ways of running a network on, where the caller has none.</summary>
internal static class NoiseImages
{
    private const int Count = 3,
        Side = 256;

    // From large patches to single pixels: all layers of a network get something to see.
    private static readonly int[] Grains = [4, 16, 64, 256];

    /// <summary>Some images of coloured noise of all grains: the same every time.</summary>
    public static IReadOnlyList<RgbImage> Create() => [.. Enumerable.Range(1, Count).Select(Create)];

    /// <summary>Images of the kind that a network reads: label images, where it reads them by their levels.</summary>
    public static IReadOnlyList<RgbImage> For(NetworkGraph graph) =>
        graph.Layers.OfType<LabelPlanesLayer>().FirstOrDefault() is { } labels
        && LabelLevels.CountOf(labels.Colors) is { } count
            ? CreateLabels(count)
            : Create();

    /// <summary>
    /// The images that have more than one colour; noise where none has. Norms divide what is the same everywhere by
    /// almost nothing, so that the last bits of two programs decide what comes out of them.
    /// </summary>
    public static IReadOnlyList<RgbImage> InPlaceOfPlain(IReadOnlyList<RgbImage> images, NetworkGraph graph)
    {
        RgbImage[] varied = [.. images.Where(image => !IsPlain(image))];
        return varied.Length > 0 ? varied : For(graph);
    }

    private static bool IsPlain(RgbImage image) =>
        image.Pixels.AsSpan(3).SequenceEqual(image.Pixels.AsSpan(0, image.Pixels.Length - 3));

    /// <summary>The same as label images: gray levels from 0, as many as there are classes.</summary>
    public static IReadOnlyList<RgbImage> CreateLabels(int count)
    {
        var images = Create();
        foreach (var image in images)
            for (int i = 0; i < image.Pixels.Length; i += 3)
                // The low bits: means of several grains are all about the middle of the range.
                image.Pixels.AsSpan(i, 3).Fill((byte)(image.Pixels[i] % count));
        return images;
    }

    private static RgbImage Create(int seed)
    {
        var random = new Random(seed);
        var layers = Array.ConvertAll(Grains, grain => Noise(grain, random).Resize(Side, Side));
        var image = new RgbImage(Side, Side);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(layers.Sum(layer => layer.Pixels[i]) / layers.Length);
        return image;
    }

    private static RgbImage Noise(int side, Random random)
    {
        var noise = new RgbImage(side, side);
        random.NextBytes(noise.Pixels);
        return noise;
    }
}
