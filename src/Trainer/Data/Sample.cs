namespace MlNetImageTranslation.Trainer;

/// <summary>One sample as the network sees it.</summary>
/// <param name="Source">The image to translate.</param>
/// <param name="Target">What it should become (paired), or any image of the other kind (unpaired).</param>
/// <param name="Name">For messages.</param>
internal sealed record Sample(RgbImage Source, RgbImage Target, string Name)
{
    /// <summary>The instances of a label image, where the network reads them beside it.</summary>
    public RgbImage? Instances { get; init; }

    /// <summary>Throws unless generators can run on these images.</summary>
    /// <exception cref="InvalidDataException">A side is no multiple of the number; the message names the
    /// sample.</exception>
    public void CheckSize(int multiple)
    {
        foreach (var image in new[] { Source, Target })
            if (image.Width % multiple != 0 || image.Height % multiple != 0)
                throw new InvalidDataException(
                    $"'{Name}' is {image.Size} when it comes to the generator, which needs sides that are multiples "
                        + $"of {multiple}: choose another crop size, preprocess mode or generator."
                );
    }
}
