using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Samples by number: a function of the seed and the numbers, so that any batch can be made at any time on any thread.
/// </summary>
internal abstract class SampleSource
{
    /// <summary>Samples in an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>The files that the samples come from, in their order; none for images in memory.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>How images become samples.</summary>
    public abstract Preprocessing Preprocessing { get; }

    /// <summary>
    /// The names and sizes of the images of a sample, source and target, as they are before preprocessing. Of files
    /// only the headers are read.
    /// </summary>
    /// <param name="index">Which image or pair, 0 .. Count - 1.</param>
    /// <exception cref="FormatException">An image cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public abstract ((string Name, ImageSize Size) Source, (string Name, ImageSize Size) Target) SizesOf(int index);

    /// <summary>A sample with its crop and mirror drawn anew.</summary>
    /// <param name="index">Which image or pair, 0 .. Count - 1.</param>
    /// <param name="number">The sample's number in the run, which the draws depend on.</param>
    public abstract Sample Training(int index, long number);

    /// <summary>A sample from the middle of the image, not mirrored.</summary>
    public abstract Sample Fixed(int index);
}
