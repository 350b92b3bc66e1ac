using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// Scores images that are added one by one. It keeps their features, not the images. Not thread-safe.
/// </summary>
public sealed class ImageTranslationEvaluator : IDisposable
{
    private readonly ImageTranslationEvaluationOptions _options;
    private readonly FeatureNetwork? _features;
    private readonly SegmentationNetwork? _segmentation;
    private readonly ConfusionMatrix? _confusion;
    private readonly FeatureSet _translatedFeatures = new();
    private readonly FeatureSet _targetFeatures = new();
    private readonly List<RgbImage> _translatedWaiting = [];
    private readonly List<RgbImage> _targetWaiting = [];
    private readonly List<(string, ImageScores)> _scores = [];
    private int _translated;

    /// <summary>Loads the networks that the options name.</summary>
    /// <exception cref="ArgumentException">A segmentation network without the palette of its classes.</exception>
    /// <exception cref="FileNotFoundException">A network's file is missing.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses a network.</exception>
    /// <exception cref="NotSupportedException">A network does not take images.</exception>
    public ImageTranslationEvaluator(ImageTranslationEvaluationOptions? options = null)
    {
        _options = options ?? new();
        if (_options is { SegmentationNetwork: not null, Palette: null })
            throw new ArgumentException(
                $"{nameof(_options.SegmentationNetwork)} needs the {nameof(_options.Palette)} of its classes.",
                nameof(options)
            );
        try
        {
            if (_options.Features is { } features)
                _features = new(features);
            if (_options.SegmentationNetwork is { } network)
                _segmentation = new(network);
            if (_options.Palette is { } palette)
                _confusion = new(palette.Names.Count);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether <see cref="Add"/> needs the label image.</summary>
    public bool NeedsLabels => _segmentation is not null;

    /// <summary>Scores a translated image against its target.</summary>
    /// <param name="name">Names the image in reports and messages.</param>
    /// <param name="translated">The translated image.</param>
    /// <param name="target">What it should be, of the same size.</param>
    /// <param name="labels">The label image that <paramref name="translated"/> was made of, where
    /// <see cref="NeedsLabels"/>.</param>
    /// <returns>The image's scores.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or the label image is missing; the message names the
    /// image.</exception>
    public ImageScores Add(string name, RgbImage translated, RgbImage target, RgbImage? labels = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(translated);
        ArgumentNullException.ThrowIfNull(target);
        if (translated.Width != target.Width || translated.Height != target.Height)
            throw new ArgumentException(
                $"Image '{name}' was translated to {translated.Size}; its target is {target.Size}.",
                nameof(target)
            );
        var scores = ImageScores.Of(translated, target);
        Segment(name, translated, target, labels);
        AddTranslated(translated);
        AddTarget(target);
        _scores.Add((name, scores));
        return scores;
    }

    /// <summary>
    /// Adds a translated image that has no target of the same scene: it counts for the distances of distributions only.
    /// </summary>
    public void AddTranslated(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        _translated++;
        Wait(_translatedWaiting, _translatedFeatures, image);
    }

    /// <summary>Adds a real image of the target's kind: it counts for the distances of distributions only.</summary>
    public void AddTarget(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Wait(_targetWaiting, _targetFeatures, image);
    }

    /// <summary>The scores of everything added so far.</summary>
    /// <exception cref="InvalidOperationException">No image was added, or fewer than two where distances were asked
    /// for.</exception>
    public ImageTranslationMetrics Complete()
    {
        if (_translated == 0)
            throw new InvalidOperationException("There are no translated images to evaluate.");
        var metrics = new ImageTranslationMetrics { Images = _translated, PerImage = [.. _scores] };
        if (_confusion?.Score() is { } shares)
            metrics = metrics with
            {
                PixelAccuracy = shares.PixelAccuracy,
                ClassAccuracy = shares.ClassAccuracy,
                ClassIoU = shares.ClassIoU,
            };
        if (_scores.Count > 0)
        {
            var mean = ImageScores.Mean([.. _scores.Select(s => s.Item2)]);
            metrics = metrics with { L1 = mean.L1, Psnr = mean.Psnr, Ssim = mean.Ssim };
        }
        if (_features is null)
            return metrics;
        Flush(_translatedWaiting, _translatedFeatures);
        Flush(_targetWaiting, _targetFeatures);
        if (_translatedFeatures.Count < 2 || _targetFeatures.Count < 2)
            throw new InvalidOperationException(
                $"Distances of distributions need at least 2 images of each kind; got {_translatedFeatures.Count} "
                    + $"translated and {_targetFeatures.Count} targets."
            );
        var kernel = KernelDistance.Compute(
            _translatedFeatures,
            _targetFeatures,
            _options.KernelSubsets,
            _options.KernelSubsetSize,
            _options.Seed
        );
        return metrics with
        {
            FrechetDistance = FrechetDistance.Compute(_translatedFeatures, _targetFeatures),
            KernelDistance = kernel.Mean,
            KernelDeviation = kernel.StandardDeviation,
            KernelSubsets = kernel.Subsets,
            KernelSubsetSize = kernel.SubsetSize,
            FeatureProtocol =
                $"{_features.Protocol}; {_translatedFeatures.Count} translated, {_targetFeatures.Count} targets, "
                + $"{_translatedFeatures.Dimension} features",
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features?.Dispose();
        _segmentation?.Dispose();
    }

    private void Segment(string name, RgbImage translated, RgbImage target, RgbImage? labels)
    {
        if (_confusion is null)
            return;
        var palette = _options.Palette!;
        if (_segmentation is null)
        {
            _confusion.Add(palette.Classify(target), palette.Classify(translated));
            return;
        }
        if (labels is null)
            throw new ArgumentException(
                $"Image '{name}' comes without the label image that it was made of.",
                nameof(labels)
            );
        if (labels.Width != translated.Width || labels.Height != translated.Height)
            throw new ArgumentException(
                $"Image '{name}' was translated to {translated.Size}; its label image is {labels.Size}.",
                nameof(labels)
            );
        _confusion.Add(palette.Classify(labels), _segmentation.Classify(translated));
    }

    private void Wait(List<RgbImage> waiting, FeatureSet features, RgbImage image)
    {
        if (_features is null)
            return;
        waiting.Add(image);
        if (waiting.Count >= _options.Features!.BatchSize)
            Flush(waiting, features);
    }

    private void Flush(List<RgbImage> waiting, FeatureSet features)
    {
        _features!.AddTo(features, waiting);
        waiting.Clear();
    }
}
