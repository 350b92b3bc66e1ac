using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Samples of image pairs: both images of a pair are cropped and mirrored alike.</summary>
internal sealed class PairedSamples : SampleSource
{
    private readonly ImagePairs _pairs;
    private readonly TranslationDirection _direction;
    private readonly long _seed;
    private readonly ImageCache<Prepared> _cache;

    public PairedSamples(
        ImagePairs pairs,
        TranslationDirection direction,
        Preprocessing preprocessing,
        long seed,
        long cacheBytes
    )
    {
        (_pairs, _direction, Preprocessing, _seed) = (pairs, direction, preprocessing, seed);
        _cache = new(
            pairs.Count,
            cacheBytes,
            Prepare,
            pair =>
                pair.Source.Pixels.LongLength + pair.Target.Pixels.LongLength + (pair.Instances?.Pixels.LongLength ?? 0)
        );
    }

    /// <summary>Whether sources are label images, whose colours are not mixed.</summary>
    public bool Labels { get; init; }

    /// <summary>The instances of the label images, where they are read.</summary>
    public PairInstances? Instances { get; init; }

    public override int Count => _pairs.Count;

    public override Preprocessing Preprocessing { get; }

    public override IReadOnlyList<string> Files =>
        _pairs.StoreFile is { } store
            ? [store]
            :
            [
                .. Enumerable
                    .Range(0, _pairs.Count)
                    .SelectMany(index =>
                        Instances is null
                            ? _pairs.FilesOf(index)
                            : [.. _pairs.FilesOf(index), .. Instances.FilesOf(index)]
                    )
                    .Where(File.Exists),
            ];

    public override ((string Name, ImageSize Size) Source, (string Name, ImageSize Size) Target) SizesOf(int index)
    {
        var (a, b) = PairSizes.Of(_pairs, index);
        return _direction == TranslationDirection.AtoB ? (a, b) : (b, a);
    }

    public override Sample Training(int index, long number)
    {
        var pair = _cache[index];
        var window = Preprocessing.Window(
            pair.Source.Width,
            pair.Source.Height,
            new(_seed, RandomStream.Augmentation, number)
        );
        var source = Labels ? window.Of(pair.Source, labels: true) : window.Recolored(pair.Source);
        return new(source, window.Of(pair.Target), _pairs.NameOf(index))
        {
            Instances = pair.Instances is { } instances ? window.Of(instances, labels: true) : null,
        };
    }

    public override Sample Fixed(int index)
    {
        var pair = _cache[index];
        var window = Preprocessing.CentralWindow(pair.Source.Width, pair.Source.Height);
        return new(window.Of(pair.Source), window.Of(pair.Target), _pairs.NameOf(index))
        {
            Instances = pair.Instances is { } instances ? window.Of(instances) : null,
        };
    }

    private Prepared Prepare(int index)
    {
        var (a, b) = _pairs.Load(index);
        var (source, target) = _direction == TranslationDirection.AtoB ? (a, b) : (b, a);
        var instances = Instances?.Load(index);
        if (instances is not null && instances.Size != source.Size)
            throw new InvalidDataException(
                InstanceCheck.WrongSize(
                    Instances!.FilesOf(index).FirstOrDefault(),
                    _pairs.NameOf(index),
                    PairSizes.Of(instances),
                    PairSizes.Of(source)
                )
            );
        instances = instances is null ? null : Preprocessing.Resize(instances, labels: true);
        (source, target) = (Preprocessing.Resize(source, Labels), Preprocessing.Resize(target));
        if ((source.Width, source.Height) != (target.Width, target.Height))
            throw new InvalidDataException(
                $"Pair '{_pairs.NameOf(index)}': expected two images of one size, but the source is {source.Size} "
                    + $"and the target {target.Size}."
            );
        return new(source, target, instances);
    }

    private sealed record Prepared(RgbImage Source, RgbImage Target, RgbImage? Instances);
}
