using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Samples of two unpaired image sets: every A meets a random B, each cropped and mirrored by itself
/// (data/unaligned_dataset.py).
/// </summary>
internal sealed class UnpairedSamples : SampleSource
{
    private readonly ImageSet _a,
        _b;
    private readonly long _seed;
    private readonly bool _serial;
    private readonly ImageCache<RgbImage> _cacheA,
        _cacheB;

    public UnpairedSamples(ImageSet a, ImageSet b, Preprocessing preprocessing, bool serial, long seed, long cacheBytes)
    {
        (_a, _b, Preprocessing, _serial, _seed) = (a, b, preprocessing, serial, seed);
        _cacheA = new(
            a.Count,
            cacheBytes / 2,
            index => preprocessing.Resize(a.Load(index)),
            image => image.Pixels.LongLength
        );
        _cacheB = new(
            b.Count,
            cacheBytes / 2,
            index => preprocessing.Resize(b.Load(index)),
            image => image.Pixels.LongLength
        );
    }

    /// <summary>Whether the colours of the second set change too: where it is a source as well.</summary>
    public bool RecolorsTargets { get; init; }

    /// <summary>The larger set's size: in an epoch the smaller one is gone through more than once.</summary>
    public override int Count => Math.Max(_a.Count, _b.Count);

    public override Preprocessing Preprocessing { get; }

    public override IReadOnlyList<string> Files => [.. FilesOf(_a), .. FilesOf(_b)];

    // Every image of both sets is in one of the pairs of equal numbers, as many as the larger set has.
    public override ((string Name, ImageSize Size) Source, (string Name, ImageSize Size) Target) SizesOf(int index) =>
        (SizeOf(_a, index % _a.Count), SizeOf(_b, index % _b.Count));

    public override Sample Training(int index, long number)
    {
        int first = index % _a.Count,
            second = _serial
                ? index % _b.Count
                : new CounterRandom(_seed, RandomStream.Pairing, number).NextInt32(_b.Count);
        RgbImage a = _cacheA[first],
            b = _cacheB[second];
        SampleWindow windowA = Preprocessing.Window(a.Width, a.Height, new(_seed, RandomStream.Augmentation, number)),
            windowB = Preprocessing.Window(b.Width, b.Height, new(_seed, RandomStream.TargetAugmentation, number));
        return new(
            windowA.Recolored(a),
            RecolorsTargets ? windowB.Recolored(b) : windowB.Of(b),
            $"{_a.NameOf(first)} and {_b.NameOf(second)}"
        );
    }

    public override Sample Fixed(int index)
    {
        int first = index % _a.Count,
            second = index % _b.Count;
        RgbImage a = _cacheA[first],
            b = _cacheB[second];
        return new(
            Preprocessing.CentralWindow(a.Width, a.Height).Of(a),
            Preprocessing.CentralWindow(b.Width, b.Height).Of(b),
            $"{_a.NameOf(first)} and {_b.NameOf(second)}"
        );
    }

    private static (string, ImageSize) SizeOf(ImageSet images, int index)
    {
        string name = images.NameOf(index);
        return (
            name,
            images.StoreFile is null && File.Exists(name) ? PairSizes.OfFile(name) : PairSizes.Of(images.Load(index))
        );
    }

    private static IEnumerable<string> FilesOf(ImageSet images) =>
        images.StoreFile is { } store
            ? [store]
            : Enumerable.Range(0, images.Count).Select(images.NameOf).Where(File.Exists);
}
