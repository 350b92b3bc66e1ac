using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Looks, before anything is written, whether the networks of a run can work with all of its training images: else it
/// would end at the first one that is too small, hours later, in the words of libtorch.
/// </summary>
internal sealed class SampleSizes
{
    // No network of the catalog needs more of an image that it can shrink.
    private const int LargestMinimum = 2048;

    private readonly TrainingOptions _options;
    private readonly NetworkGraph[] _generators;
    private readonly NetworkGraph[] _discriminators;
    private readonly int _scales;
    private readonly int _multiple;

    private SampleSizes(TrainingOptions options, IReadOnlyList<(string Name, NetworkGraph Graph)> networks)
    {
        _options = options;
        _generators = Named("generator");
        _discriminators = Named("discriminator");
        _scales = (options as IAdversarialOptions)?.DiscriminatorScales ?? 1;
        _multiple = _generators.Max(graph => graph.SizeMultiple);

        NetworkGraph[] Named(string role) =>
            [
                .. networks
                    .Where(network => network.Name.StartsWith(role, StringComparison.Ordinal))
                    .Select(n => n.Graph),
            ];
    }

    /// <summary>
    /// Refuses images that the networks of a run cannot work with. Those that cannot be read are left to the run.
    /// </summary>
    /// <param name="options">The run's options.</param>
    /// <param name="samples">Its training samples.</param>
    /// <param name="networks">Its networks by name.</param>
    /// <exception cref="InvalidDataException">An image is too small, or not of the size that others in a step have; the
    /// message names it, its size and the smallest possible one.</exception>
    public static void Require(
        TrainingOptions options,
        SampleSource samples,
        IReadOnlyList<(string Name, NetworkGraph Graph)> networks
    )
    {
        var check = new SampleSizes(options, networks);
        // Where all samples have the size of the crop, it is the images' as well.
        if (options.Preprocess is PreprocessMode.ResizeAndCrop or PreprocessMode.ScaleWidthAndCrop)
            check.RequireFit(options.CropSize, "The crop", options.CropSize);
        else
            check.RequireAll(samples);
    }

    private void RequireAll(SampleSource samples)
    {
        int count = Math.Min(samples.Count, _options.MaximumDataSize ?? int.MaxValue);
        var read = ParallelEnumerable.Range(0, count).AsOrdered().Select(index => TryRead(samples, index)).ToArray();
        var fitting = new HashSet<ImageSize>();
        Image? first = null,
            firstTarget = null;
        foreach (var (source, target) in read.OfType<(Image, Image)>())
        {
            foreach (var image in (ReadOnlySpan<Image>)[source, target])
                if (fitting.Add(image.Sample))
                    RequireFit(image.Sample, $"'{image.Name}'", image.Size);
            if (_options is PairedOptions && source.Sample != target.Sample)
                throw new InvalidDataException(
                    $"Pair '{source.Name}': expected two images of one size, but the source is {source.Sample} and the "
                        + $"target {target.Sample}."
                );
            RequireOneSize(first ??= source, source);
            RequireOneSize(firstTarget ??= target, target);
        }
    }

    // In the order of the files those of a step may have one size by intention.
    private void RequireOneSize(Image first, Image other)
    {
        if (
            first.Sample != other.Sample
            && _options.Order != SampleOrder.Serial
            && _options.BatchSize * _options.AccumulationSteps > 1
        )
            throw new InvalidDataException(
                $"A batch needs images of one size, but '{first.Name}' is {first.Sample} and '{other.Name}' is "
                    + $"{other.Sample}: use a preprocess mode with a crop, or steps of one image."
            );
    }

    private void RequireFit(ImageSize sample, string name, ImageSize image)
    {
        string what = sample == image ? $"{name} is {image}" : $"{name} is {image}, and {sample} in training";
        if (sample.Width % _multiple != 0 || sample.Height % _multiple != 0)
            throw new InvalidDataException(
                $"{what}. The generator needs sides that are multiples of {_multiple}: choose another crop size, "
                    + $"preprocess mode or generator."
            );
        if (Reason(sample) is not { } reason)
            return;
        throw new InvalidDataException($"{what}. {reason} {Smallest()}");
    }

    // Who cannot work with the size; null where all can.
    private string? Reason(ImageSize size)
    {
        if (_options is CoGanTrainer.Options)
            return size == _options.CropSize ? null : $"The networks work with {_options.CropSize} only.";
        foreach (var generator in _generators)
            if (!Reads(generator, size))
                return $"Generator '{generator.Name}' cannot translate it.";
        foreach (var discriminator in _discriminators)
        {
            var seen = size;
            for (int scale = 0; scale < _scales; scale++)
            {
                if (!Reads(discriminator, seen))
                    return $"Discriminator '{discriminator.Name}' cannot judge {Discriminators.Describe(seen, scale)}.";
                seen = Discriminators.Half(seen);
            }
        }
        return ReadByLosses(size);
    }

    private string? ReadByLosses(ImageSize size)
    {
        if (
            _options is PairedOptions { PerceptualWeight: > 0 } or FeatureGanTrainer.Options
            && !Reads(VggEncoder.Graph(PerceptualLoss.LastLayer), size)
        )
            return "VGG16 cannot read it.";
        return
            _options is RegressionTrainer.Options { StructureWeight: > 0 }
            && Math.Min(size.Width, size.Height) < StructuralLoss.Window
            ? $"Structural similarity is that of windows of {StructuralLoss.Window}x{StructuralLoss.Window}."
            : null;
    }

    private string Smallest()
    {
        if (
            _discriminators.FirstOrDefault(graph => graph.HasFixedSize) is { } judge
            && _options is not CoGanTrainer.Options
        )
            return $"It reads images of {judge.Input.Width}x{judge.Input.Height} only.";
        for (int side = _multiple; side <= LargestMinimum; side += _multiple)
            if (Reason(new(side, side)) is null)
                return FormattableString.Invariant($"The smallest possible size is {side}x{side}.");
        return "";
    }

    private static bool Reads(NetworkGraph graph, ImageSize size)
    {
        try
        {
            graph.Shapes(new(graph.Input.Channels, size.Height, size.Width));
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static (Image Source, Image Target)? TryRead(SampleSource samples, int index)
    {
        try
        {
            var (source, target) = samples.SizesOf(index);
            return (Of(source), Of(target));
        }
        catch (Exception exception)
            when (exception is FormatException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }

        Image Of((string Name, ImageSize Size) image) =>
            new(image.Name, image.Size, samples.Preprocessing.SampleSize(image.Size));
    }

    private sealed record Image(string Name, ImageSize Size, ImageSize Sample);
}
