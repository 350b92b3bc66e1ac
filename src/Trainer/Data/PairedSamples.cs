using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>Samples of image pairs: both images of a pair are cropped and mirrored alike.</summary>
internal sealed class PairedSamples : SampleSource
{
    private readonly ImagePairs _pairs;
    private readonly TranslationDirection _direction;
    private readonly Preprocessing _preprocessing;
    private readonly long _seed;
    private readonly ImageCache<Tuple<RgbImage, RgbImage>> _cache;

    public PairedSamples(
        ImagePairs pairs,
        TranslationDirection direction,
        Preprocessing preprocessing,
        long seed,
        long cacheBytes
    )
    {
        (_pairs, _direction, _preprocessing, _seed) = (pairs, direction, preprocessing, seed);
        _cache = new(
            pairs.Count,
            cacheBytes,
            Prepare,
            pair => pair.Item1.Pixels.LongLength + pair.Item2.Pixels.LongLength
        );
    }

    public override int Count => _pairs.Count;

    public override IReadOnlyList<string> Files =>
        _pairs.StoreFile is { } store
            ? [store]
            : [.. Enumerable.Range(0, _pairs.Count).SelectMany(_pairs.FilesOf).Where(File.Exists)];

    public override Sample Training(int index, long number)
    {
        var (source, target) = _cache[index];
        var window = _preprocessing.Window(source.Width, source.Height, new(_seed, RandomStream.Augmentation, number));
        return new(window.Recolored(source), window.Of(target), _pairs.NameOf(index));
    }

    public override Sample Fixed(int index)
    {
        var (source, target) = _cache[index];
        var window = _preprocessing.CentralWindow(source.Width, source.Height);
        return new(window.Of(source), window.Of(target), _pairs.NameOf(index));
    }

    private Tuple<RgbImage, RgbImage> Prepare(int index)
    {
        var (a, b) = _pairs.Load(index);
        var (source, target) = _direction == TranslationDirection.AtoB ? (a, b) : (b, a);
        (source, target) = (_preprocessing.Resize(source), _preprocessing.Resize(target));
        if ((source.Width, source.Height) != (target.Width, target.Height))
            throw new InvalidDataException(
                $"Pair '{_pairs.NameOf(index)}': expected two images of one size, but the source is {source.Size} "
                    + $"and the target {target.Size}."
            );
        return Tuple.Create(source, target);
    }
}
