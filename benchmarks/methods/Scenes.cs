using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>Label images and photos of the same scenes.</summary>
/// <param name="Labels">The label images.</param>
/// <param name="Photos">The photos, in the same order.</param>
internal sealed record Scenes(IReadOnlyList<RgbImage> Labels, IReadOnlyList<RgbImage> Photos)
{
    // Far enough apart for any number of images.
    private const long ScenesOfASeed = 1_000_000;

    /// <summary>The scenes to train on and, other ones, to score.</summary>
    public static (Scenes Training, Scenes Test) Create(Arguments arguments)
    {
        long first = arguments.Seed * ScenesOfASeed;
        var threads = new ParallelOptions { MaxDegreeOfParallelism = arguments.Threads == 0 ? -1 : arguments.Threads };
        return (
            Create(first, arguments.Images, arguments.Size, threads),
            Create(first + arguments.Images, arguments.TestImages, arguments.Size, threads)
        );
    }

    private static Scenes Create(long first, int count, int size, ParallelOptions threads)
    {
        var labels = new RgbImage[count];
        var photos = new RgbImage[count];
        Parallel.For(
            0,
            count,
            threads,
            i =>
            {
                labels[i] = SceneLabels.Of(AerialMapSynthesizer.Create(first + i, size * SceneLabels.Oversampling).Map);
                photos[i] = AerialMapSynthesizer.Create(first + i, size).Aerial;
            }
        );
        return new(labels, photos);
    }
}
